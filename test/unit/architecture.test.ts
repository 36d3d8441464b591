import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readText, root, tableRows } from "../support/markdown";

const src = join(root, "src");

const ROOMS = tableRows(readText("docs/architecture.md"), ["room", "what it is", "may import"]);
/** Which rooms each room may import, besides itself and what every room imports. Files of src itself may import every room. */
const ARROWS = new Map(ROOMS.map(([room, , others]) => [room!, others!.split(", ").filter(Boolean)]));
const EVERYWHERE = ["errors", "log", "in-parallel"];

/** Packages that one place alone may know. */
const OWNERS: readonly (readonly [package_: RegExp, owner: RegExp])[] = [
  [/^(graphql|type-graphql|graphql-scalars|@apollo\/|@as-integrations\/|dataloader)/, /^graphql\//],
  [/^(compression|cors)/, /^http\//],
  // Its types alone, for what is mounted on it.
  [/^express$/, /^(http\/|graphql\/execution\/subscriptions\.ts$)/],
  [/^@libsql\//, /^ledger\//],
  [/^@aws-sdk\//, /^images\/media\/(s3-|media-bucket)/],
  [/^@zilliz\//, /^stores\/milvus\//],
  [
    /^@huggingface\//,
    /^encoders\/(onnx-(encoder-process|model)|loaded-tower|token-inputs|pixel-values|pool-tokens)\.ts$/,
  ],
  // Strangers' bytes go to the first alone; the others draw what we made ourselves.
  [/^sharp$/, /^(images\/decode\/locked-sharp|samples\/draw-process|cli\/svg\/render-png)\.ts$/],
  [/^ml-/, /^projection\//],
  [/^undici$/, /^(images\/fetch|encoders)\//],
];

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const importsOf = (file: string) =>
  [...readFileSync(join(src, file), "utf8").matchAll(/(?:from |import |import\()"([^"]+)"/g)].map(([, name]) => name!);
const roomOf = (file: string) => (file.includes("/") ? file.split("/")[0]! : "");

it("has a row for every room", () => {
  const rooms = new Set(files.map(roomOf).filter(Boolean));
  expect([...ARROWS.keys()].sort()).toEqual([...rooms].sort());
});

it("draws the rooms as they are (else: npm run generate)", () => {
  const drawn = execFileSync(process.execPath, [join(root, "scripts/draw-rooms.mjs")], { encoding: "utf8" });
  expect(readText("docs/architecture.md")).toContain(drawn);
});

it("imports only along the arrows", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(src, join(src, dirname(file), name)).replace(/\.js$/, ""))
      .filter((target) => {
        const [from, to] = [roomOf(file), target.split("/")[0]!];
        return from !== "" && from !== to && !EVERYWHERE.includes(to) && !ARROWS.get(from)?.includes(to);
      })
      .map((target) => `${file} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

it("keeps each package in the place that owns it", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => OWNERS.some(([owned, owner]) => owned.test(name) && !owner.test(file)))
      .map((name) => `${file} -> ${name}`),
  );
  expect(wrong).toEqual([]);
});

it("imports no package into the core", () => {
  const foreign = files
    .filter((file) => /^(documents|ports|search|ingestion)\//.test(file))
    .flatMap((file) => importsOf(file).filter((name) => !/^(\.|node:)/.test(name)));
  expect(foreign).toEqual([]);
});

it("reads the environment in one place", () => {
  const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(src, file), "utf8")));
  expect(readers).toEqual(["config/config.ts", "processes/child-environment.ts"]);
});
