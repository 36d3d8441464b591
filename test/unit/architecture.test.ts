import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const src = join(__dirname, "../../src");

/** Which rooms each room may import, besides itself, errors.ts, log.ts, in-parallel.ts and retry-after.ts. Only files of src itself may import every room. */
const NOUNS_AND_PORTS = ["documents", "ports"];
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  documents: [],
  ports: ["documents"],
  search: NOUNS_AND_PORTS,
  answers: [...NOUNS_AND_PORTS, "search"],
  ingestion: NOUNS_AND_PORTS,
  evaluation: [...NOUNS_AND_PORTS, "search", "ingestion", "samples"],
  transfer: [...NOUNS_AND_PORTS, "ingestion"],
  processes: [],
  projection: ["documents", "search"],
  samples: ["processes"],
  encoders: [...NOUNS_AND_PORTS, "search", "processes"],
  images: [...NOUNS_AND_PORTS, "processes"],
  ledger: [...NOUNS_AND_PORTS],
  chat: [...NOUNS_AND_PORTS],
  stores: [...NOUNS_AND_PORTS, "search", "processes"],
  graphql: [...NOUNS_AND_PORTS, "search", "ingestion", "answers"],
  http: [...NOUNS_AND_PORTS, "ingestion"],
  config: ["documents", "ports", "images"],
  assembly: [...NOUNS_AND_PORTS, "config", "answers", "chat", "encoders", "images", "stores", "samples", "search"],
  cli: [
    "app",
    "assembly",
    "config",
    "documents",
    "ports",
    "search",
    "ingestion",
    "evaluation",
    "transfer",
    "samples",
    "projection",
    "stores",
    "encoders",
  ],
  demo: ["samples", "app", "config"],
};

/** Packages that one place alone may know. */
const OWNERS: readonly (readonly [package_: RegExp, owner: RegExp])[] = [
  [/^(graphql|type-graphql|graphql-scalars|@apollo\/|@as-integrations\/|dataloader)/, /^graphql\//],
  [/^(compression|cors)/, /^http\//],
  // Its types alone, for what is mounted on it.
  [/^express$/, /^(http\/|graphql\/execution\/subscriptions\.ts$)/],
  [/^@libsql\//, /^ledger\//],
  [/^@aws-sdk\//, /^images\/media\/(s3-|media-bucket)/],
  [/^@zilliz\//, /^stores\/milvus\//],
  [/^@huggingface\//, /^encoders\/jina-clip-(process|model)\.ts$/],
  // Strangers' bytes go to the first alone; the others draw what we made ourselves.
  [/^sharp$/, /^(images\/decode\/locked-sharp|samples\/draw-process|cli\/svg\/render-png)\.ts$/],
  [/^ml-/, /^projection\//],
  [/^undici$/, /^(images\/fetch|encoders|chat)\//],
  [/^eventsource-parser$/, /^chat\//],
];

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const importsOf = (file: string) =>
  [...readFileSync(join(src, file), "utf8").matchAll(/(?:from |import |import\()"([^"]+)"/g)].map(([, name]) => name!);
const roomOf = (file: string) => (file.includes("/") ? file.split("/")[0]! : "");

it("imports only along the arrows", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(src, join(src, dirname(file), name)).replace(/\.js$/, ""))
      .filter((target) => {
        const [from, to] = [roomOf(file), target.split("/")[0]!];
        return (
          from !== "" &&
          from !== to &&
          !["errors", "log", "in-parallel", "retry-after"].includes(to) &&
          !ARROWS[from]?.includes(to)
        );
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
    .filter((file) => /^(documents|ports|search|ingestion|answers)\//.test(file))
    .flatMap((file) => importsOf(file).filter((name) => !/^(\.|node:)/.test(name)));
  expect(foreign).toEqual([]);
});

it("reads the environment in one place", () => {
  const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(src, file), "utf8")));
  expect(readers).toEqual(["config/config.ts", "processes/child-environment.ts"]);
});
