import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeSchemaConsumer, type SchemaConsumer } from "../support/schema-consumer";

let consumer: SchemaConsumer;
beforeAll(async () => {
  consumer = await makeSchemaConsumer();
});
afterAll(() => consumer.remove());

const root = join(__dirname, "../..");

/** A project of one file, with the compiler options of the examples. */
async function makeProject(name: string, source: string): Promise<string> {
  const project = join(consumer.folder, name);
  await mkdir(join(project, "src"), { recursive: true });
  await cp(join(root, "examples/graphql-request/tsconfig.json"), join(project, "tsconfig.json"));
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
  await writeFile(join(project, "src/main.ts"), source);
  return project;
}

const CLIENT = `
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildClientSchema, buildSchema, print, validate } from "graphql";
import * as contract from "parallax-search-schema";
import type { SearchByTextQueryVariables } from "parallax-search-schema";

const file = async (name: string) =>
  readFile(fileURLToPath(import.meta.resolve("parallax-search-schema/" + name)), "utf8");
const byIntrospection = buildClientSchema(JSON.parse(await file("introspection.json")));
const bySdl = buildSchema(await file("schema.graphql"));
const variables: SearchByTextQueryVariables = { input: { text: "red cats", ranking: "RRF" }, first: 3 };
const documents = Object.entries(contract).filter(([name]) => name.endsWith("Document"));
const faults = documents.flatMap(([, document]) => [
  ...validate(byIntrospection, document as typeof contract.SearchByTextDocument),
  ...validate(bySdl, document as typeof contract.SearchByTextDocument),
]);
const possible: ("TextHit" | "ImageHit")[] = contract.possibleTypes.SearchHit;
console.log(JSON.stringify({
  documents: documents.length,
  faults: faults.map(String),
  possible,
  json: JSON.parse(await file("possible-types.json")).SearchHit,
  text: print(contract.SearchByTextDocument),
  sample: await file("operations/1-search-by-text.graphql"),
  variables,
}));
`;

it("installs from its tarball without a registry, compiles and runs", async () => {
  const project = await makeProject("client", CLIENT);
  await consumer.compile(project);
  const said = JSON.parse(await consumer.runNode(project, "dist/main.js")) as Record<string, unknown>;

  expect(said).toMatchObject({ faults: [], possible: ["TextHit", "ImageHit"], json: ["TextHit", "ImageHit"] });
  expect(said["documents"]).toBeGreaterThanOrEqual(20);
  expect(said["text"]).toContain("fragment SearchHitFields on SearchHit");
  expect(said["sample"]).toContain("query SearchByText");
});

it("can be required where modules are CommonJS", async () => {
  const project = await makeProject("common", "");
  await writeFile(
    join(project, "main.cjs"),
    'console.log(require("parallax-search-schema").possibleTypes.Document[0]);',
  );
  expect(await consumer.runNode(project, "main.cjs")).toBe("TextDocument\n");
});

it("holds what is meant for front ends, and nothing of the project's own", async () => {
  const folder = join(consumer.folder, "node_modules/parallax-search-schema");
  const { dependencies, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    dependencies?: unknown;
    version: string;
  };
  expect(dependencies).toBeUndefined();
  expect(version).toBe((JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string }).version);
  await expect(readFile(join(folder, "released.graphql"))).rejects.toThrow("ENOENT");
});

it.each([
  [
    "an unknown argument",
    `import type { SearchByTextInput } from "parallax-search-schema";
    export const input: SearchByTextInput = { text: "cats", ranking: "BEST" };`,
  ],
  [
    "two fields of a one-of input",
    `import type { ImageQuery } from "parallax-search-schema";
    export const image: ImageQuery = { url: "https://example.com/cat.jpg", documentId: "1" };`,
  ],
])("lets the compiler refuse %s", async (name, source) => {
  const project = await makeProject(name.replaceAll(" ", "-"), source);
  await expect(consumer.compile(project)).rejects.toThrow(/^src\/main\.ts.*error TS2\d+/);
});
