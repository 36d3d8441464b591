import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildClientSchema, parse, printSchema, validate, type IntrospectionQuery } from "graphql";
import { contractFiles } from "../../../../src/graphql/contract/contract-files";
import { buildSchema, printContract } from "../../../../src/graphql/schema";
import { readSampleOperations } from "../../../../src/graphql/contract/sample-operations";

const run = promisify(execFile);
const root = join(__dirname, "../../../..");
const committed = (name: string) => readFileSync(join(root, "schema", name), "utf8");

it.each(Object.entries(contractFiles()))("schema/%s is what the classes say (else: npm run generate)", (name, text) => {
  expect(committed(name)).toBe(text);
});

// One of the generator's packages is an ES module that is required, which Node takes from 20.19 on.
const describeGenerator = "require_module" in process.features ? describe : describe.skip;

describeGenerator("the generator of types", () => {
  it("has typed documents of the operations as they are (else: npm run generate)", async () => {
    const cli = join(root, "node_modules/.bin/graphql-codegen");
    await expect(run(cli, ["--config", "codegen.yml", "--check"], { cwd: root })).resolves.toBeDefined();
  });
});

it("ships the typed documents that the tests use (else: npm run generate)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parallax-"));
  try {
    await run(process.execPath, [join(root, "scripts/emit-operations.mjs"), folder]);
    for (const name of ["operations.js", "operations.d.ts"]) {
      expect(readFileSync(join(folder, name), "utf8") === committed(name)).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("multiplies by the module that dots.wat says (else: npm run generate)", async () => {
  const { stdout } = await run(process.execPath, [join(root, "scripts/compile-dots.mjs")]);
  expect(readFileSync(join(root, "src/search/ranking/dots/dots-module.ts"), "utf8")).toBe(stdout);
});

it("says the same as SDL and as introspection", () => {
  const introspection = JSON.parse(committed("introspection.json")) as IntrospectionQuery;
  const [, ...sdl] = committed("schema.graphql").split("\n\n");
  expect(printSchema(buildClientSchema(introspection)).trim()).toBe(sdl.join("\n\n").trim());
});

it("describes every type, field and argument", () => {
  const { definitions } = parse(printContract());
  const nameless = definitions.flatMap((definition) => {
    if (!("name" in definition) || !definition.name || definition.kind === "DirectiveDefinition") return [];
    const fields = "fields" in definition ? (definition.fields ?? []) : [];
    const own = "description" in definition && definition.description ? [] : [definition.name.value];
    return [
      ...own,
      ...fields.filter(({ description }) => !description).map(({ name }) => `${definition.name!.value}.${name.value}`),
    ];
  });
  expect(nameless.filter((name) => !["Query", "Mutation", "Subscription"].includes(name))).toEqual([]);
});

it("has sample operations that are valid by themselves", async () => {
  const schema = buildSchema();
  for (const operation of await readSampleOperations()) expect(validate(schema, parse(operation))).toEqual([]);
});
