import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, validate } from "graphql";
import { buildSchema, printContract } from "../../src/graphql/schema";
import { readSampleOperations } from "../../src/graphql/sample-operations";

it("schema/schema.graphql is what the classes say (else: npm run generate)", () => {
  expect(readFileSync(join(__dirname, "../../schema/schema.graphql"), "utf8")).toBe(printContract());
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
