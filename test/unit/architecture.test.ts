import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readText, root, tableRows } from "../support/markdown";
import { sourceFiles, type SourceFile } from "../support/source-files";

const ROOMS = tableRows(readText("docs/architecture.md"), ["room", "what it is", "may import"]);
/** Which rooms each room may import, besides itself and what every room imports. Files of src itself may import every room. */
const ARROWS = new Map(ROOMS.map(([room, , others]) => [room!, others!.split(", ").filter(Boolean)]));
const EVERYWHERE = ["errors", "log", "in-parallel", "when-used"];

/** Packages that one place alone may know. */
const OWNERS: readonly (readonly [package_: RegExp, owner: RegExp])[] = [
  [/^(graphql|type-graphql|graphql-scalars|@apollo\/|@as-integrations\/|dataloader)/, /^graphql\//],
  [/^(compression|cors)/, /^http\//],
  // Its types alone, for what is mounted on it.
  [/^express$/, /^(http\/|graphql\/execution\/subscriptions\.ts$)/],
  [/^@libsql\//, /^ledger\//],
  [/^@aws-sdk\//, /^images\/media\/(s3-|media-bucket)/],
  [/^@zilliz\//, /^stores\/milvus\//],
  [/^@huggingface\//, /^onnx\/transformers\.ts$/],
  // Strangers' bytes go to the first alone; the others draw what we made ourselves.
  [/^sharp$/, /^(images\/decode\/locked-sharp|samples\/draw-process|cli\/svg\/render-png)\.ts$/],
  [/^ml-/, /^projection\//],
  [/^(pdfjs-dist|@napi-rs\/canvas)/, /^pdf\//],
  [/^undici$/, /^(images\/fetch|encoders|onnx|rerankers|requests|chat)\//],
  [/^eventsource-parser$/, /^chat\//],
];

const files = sourceFiles("src");
const roomOf = (name: string) => (name.includes("/") ? name.split("/")[0]! : "");

it("has a row for every room", () => {
  const rooms = new Set(files.map(({ name }) => roomOf(name)).filter(Boolean));
  expect([...ARROWS.keys()].sort()).toEqual([...rooms].sort());
});

it("draws the rooms as they are (else: npm run generate)", () => {
  const drawn = execFileSync(process.execPath, [join(root, "scripts/draw-rooms.mjs")], { encoding: "utf8" });
  expect(readText("docs/architecture.md")).toContain(drawn);
});

it("imports only along the arrows", () => {
  const wrong = files.flatMap(({ name, targets }) =>
    targets
      .filter((target) => {
        const [from, to] = [roomOf(name), target.split("/")[0]!];
        return from !== "" && from !== to && !EVERYWHERE.includes(to) && !ARROWS.get(from)?.includes(to);
      })
      .map((target) => `${name} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

it.each(["src", "web"])("imports nothing in a circle in %s", (folder) => {
  expect(circlesOf(sourceFiles(folder))).toEqual([]);
});

/** Imports that lie on a circle: what is left when files that import none, or that none imports, go again and again. */
function circlesOf(all: readonly SourceFile[]): string[] {
  const named = all.map(({ name, targets }) => ({ name: name.replace(/\.tsx?$/, ""), targets }));
  for (let left = named; ;) {
    const names = new Set(left.map(({ name }) => name));
    const imported = new Set(left.flatMap(({ targets }) => targets));
    const next = left.filter(({ name, targets }) => imported.has(name) && targets.some((one) => names.has(one)));
    if (next.length === left.length)
      return left.flatMap(({ name, targets }) =>
        targets.filter((one) => names.has(one)).map((one) => `${name} -> ${one}`),
      );
    left = next;
  }
}

it.each(["unit", "integration"])("has tests of each room in its own folder of test/%s", (kind) => {
  const rooms = [...new Set(files.map(({ name }) => roomOf(name))), "web"];
  const tested = sourceFiles(`test/${kind}`).map(({ name }) => roomOf(name));
  expect(tested.filter((room) => room !== "" && !rooms.includes(room))).toEqual([]);
});

it("keeps each package in the place that owns it", () => {
  const wrong = files.flatMap(({ name, imports }) =>
    imports
      .filter((one) => OWNERS.some(([owned, owner]) => owned.test(one) && !owner.test(name)))
      .map((one) => `${name} -> ${one}`),
  );
  expect(wrong).toEqual([]);
});

it("imports no package into the core", () => {
  const foreign = files
    .filter(({ name }) => /^(documents|ports|search|ingestion|answers)\//.test(name))
    .flatMap(({ imports }) => imports.filter((one) => !/^(\.|node:)/.test(one)));
  expect(foreign).toEqual([]);
});

it("has every compiled file that a script names", () => {
  const named = ["bench", "bin", "checks", "scripts"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".mjs"))
      .flatMap((name) => {
        const text = readFileSync(join(root, folder, name), "utf8");
        return [...text.matchAll(/dist\/([\w/-]+)\.js/g)].map(([, file]) => ({
          script: `${folder}/${name}`,
          file: file!,
        }));
      }),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ file }) => !existsSync(join(root, "src", `${file}.ts`)))).toEqual([]);
});

it("writes its own version nowhere but in package.json", () => {
  const writers = files.filter(({ text }) => /Parallax\/\d|"\d+\.\d+\.\d+"/.test(text)).map(({ name }) => name);
  expect(writers).toEqual([]);
});

it("reads the environment in the room of settings, and where a child gets its own", () => {
  const readers = files.filter(({ text }) => /process\.env\b/.test(text)).map(({ name }) => name);
  expect(readers).toEqual(["config/in-production.ts", "config/read-config.ts", "processes/child-environment.ts"]);
});
