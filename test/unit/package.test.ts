import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as never;

interface Manifest {
  readonly name: string;
  readonly bin: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly bundleDependencies: readonly string[];
}
const manifest: Manifest = json("package.json");

/** What `npm pack` would pack: paths from the root of the package. */
let packed: readonly string[];
const own = () => packed.filter((path) => !path.startsWith("node_modules/"));

beforeAll(async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: root, maxBuffer: 64 * 1_048_576 });
  // npm has answered as a list and as an object by name.
  const [answer] = Object.values(JSON.parse(stdout) as Record<string, { files: { path: string }[] }>);
  packed = answer!.files.map(({ path }) => path);
}, 300_000);

it("is called by its name, and in a clone by the short one too", () => {
  expect(manifest.name).toBe("parallax-search");
  expect(Object.keys(manifest.bin)).toEqual(["parallax-search", "parallax"]);
  expect(packed).toEqual(expect.arrayContaining(Object.values(manifest.bin)));
});

it("holds every compiled source, the search page, GraphiQL and what samples are drawn from", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `dist/${name.replace(/\.ts$/, ".js")}`);
  const emoji = ["emojis", "fluent-emoji-flat", "noto", "openmoji", "twemoji"].map(
    (n) => `dist/samples/emoji/${n}.json`,
  );
  const made = ["dist/web/index.html", "dist/http/graphiql.html.gz", ...emoji];
  expect([...sources, ...made].filter((path) => !packed.includes(path))).toEqual([]);
});

it("holds the embedded model, what starts and what installs Milvus Lite, and whose work all of it is", () => {
  const lite = readdirSync(join(root, "milvus-lite")).filter((name) => name.endsWith(".py"));
  const needed = [
    ...["text", "vision"].map((tower) => `models/mini-clip/onnx/${tower}_model.onnx`),
    ...["config.json", "tokenizer.json", "calibration.json"].map((name) => `models/mini-clip/${name}`),
    ...lite.map((name) => `milvus-lite/${name}`),
    "requirements.txt",
    ...readdirSync(join(root, "schema/operations")).map((name) => `schema/operations/${name}`),
    "LICENSE",
    "NOTICE",
    "THIRD-PARTY.md",
    "README.md",
    "docs/configuration.md",
  ];
  expect(needed.filter((path) => !packed.includes(path))).toEqual([]);
});

it("holds every script that one of its scripts imports, and not the clone's set-up", () => {
  const scripts = packed.filter((path) => /^(bin|scripts)\//.test(path));
  const imported = scripts.flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(/from "(\.[^"]+)"/g)].map(([, name]) =>
      normalize(join(dirname(path), name!)),
    ),
  );
  expect(scripts).toContain("scripts/install-milvus-lite.mjs");
  expect(imported.filter((path) => !scripts.includes(path))).toEqual([]);
  expect(scripts.filter((path) => path.startsWith("scripts/") && !imported.includes(path))).toEqual([
    "scripts/install-milvus-lite.mjs",
  ]);
});

it("holds no tests, benches, training data, sources or settings", () => {
  const folders = [...new Set(own().map((path) => (path.includes("/") ? path.split("/")[0]! : "")))].toSorted();
  expect(folders).toEqual(["", "bin", "dist", "docs", "milvus-lite", "models", "schema", "scripts"]);
  const unwanted = /training|\.test\.|fixtures|__pycache__|\.stamp|\.env|decisions|package-lock/;
  expect(own().filter((path) => unwanted.test(path))).toEqual([]);
});

it("names its dependencies by one version each, and brings the Milvus client as it was tested", () => {
  const loose = Object.entries(manifest.dependencies).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
  expect(manifest.bundleDependencies).toEqual(["@zilliz/milvus2-sdk-node"]);
  // Newer ones, which its own dependencies ask for, cannot be loaded by Node before 20.19.
  const { overrides } = json("package.json") as { overrides: Record<string, string> };
  for (const name of ["uuid", "utilium"]) {
    expect(packed).toContain(`node_modules/${name}/package.json`);
    expect((json(`node_modules/${name}/package.json`) as { version: string }).version).toBe(overrides[name]);
  }
});

it("brings nothing that only a clone needs, and no binary of one platform", () => {
  const { packages } = json("package-lock.json") as { packages: Record<string, { dev?: boolean }> };
  const folders = packed.flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
  );
  expect(folders.length).toBeGreaterThan(20);
  expect(folders.filter((folder) => packages[folder]?.dev)).toEqual([]);
  expect(packed.filter((path) => /\.(node|so|dylib|dll|exe)(\.\d+)*$/.test(path))).toEqual([]);
});
