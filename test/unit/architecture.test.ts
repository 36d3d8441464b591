import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const src = join(__dirname, "../../src");

/** Which rooms each room may import, besides itself, errors.ts and log.ts. Files of src itself may import every room. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  search: [],
  processes: [],
  encoders: ["search", "processes"],
  images: ["search", "processes"],
  stores: ["search", "processes"],
  ingestion: ["search"],
  ledger: ["search"],
  graphql: ["search"],
  projection: ["search"],
  samples: ["processes"],
  demo: ["samples", "app", "config"],
  cli: [
    "samples",
    "search",
    "projection",
    "encoders",
    "images",
    "ingestion",
    "app",
    "config",
    "model-encoder",
    "picture-decoder",
    "storage",
  ],
};

/** Packages that one place alone may know. */
const OWNERS: readonly (readonly [package_: RegExp, owner: RegExp])[] = [
  [
    /^(graphql|type-graphql|graphql-scalars|@apollo\/|@as-integrations\/|express|compression|cors|dataloader)/,
    /^graphql\//,
  ],
  [/^@libsql\//, /^ledger\//],
  [/^@aws-sdk\//, /^images\/media\/(s3-|media-bucket)/],
  [/^@zilliz\//, /^stores\/milvus\//],
  [/^@huggingface\//, /^encoders\/jina-clip-(process|model)\.ts$/],
  // Strangers' bytes go to the first alone; the others draw what we made ourselves.
  [/^sharp$/, /^(images\/decode\/locked-sharp|samples\/draw-process|cli\/svg\/render-png)\.ts$/],
  [/^ml-/, /^projection\//],
  [/^undici$/, /^(images\/fetch|encoders)\//],
];

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const importsOf = (file: string) =>
  [...readFileSync(join(src, file), "utf8").matchAll(/(?:from|import) "([^"]+)"/g)].map(([, name]) => name!);
const roomOf = (file: string) => (file.includes("/") ? file.split("/")[0]! : "");

it("imports only along the arrows", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(src, join(src, dirname(file), name)))
      .filter((target) => {
        const [from, to] = [roomOf(file), target.split("/")[0]!];
        return from !== "" && from !== to && !["errors", "log"].includes(to) && !ARROWS[from]?.includes(to);
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
    .filter((file) => file.startsWith("search/"))
    .flatMap((file) => importsOf(file).filter((name) => !/^(\.|node:)/.test(name)));
  expect(foreign).toEqual([]);
});

it("reads the environment in one place", () => {
  const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(src, file), "utf8")));
  expect(readers).toEqual(["config.ts", "processes/child-environment.ts"]);
});
