import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAbstractType, Kind, parse, print, validate, type DocumentNode } from "graphql";
import { buildSchema, printContract } from "../../src/graphql/schema";
import { readSampleOperations } from "../../src/graphql/sample-operations";
import { possibleTypes } from "../../web/client/possible-types";

it("schema/schema.graphql is what the classes say (else: npm run generate)", () => {
  expect(readFileSync(join(__dirname, "../../schema/schema.graphql"), "utf8")).toBe(printContract());
});

it.each([
  ["schema/operations", "test/generated/operations.ts"],
  ["web/operations", "web/generated/operations.ts"],
])("typed documents of %s are what the operations say (else: npm run generate)", (operations, generated) => {
  const root = join(__dirname, "../..");
  const text = readFileSync(join(root, generated), "utf8");
  const written = readdirSync(join(root, operations))
    .map((name) => readFileSync(join(root, operations, name), "utf8"))
    .flatMap((file) => parse(file).definitions)
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const typed = new Map(
    [...text.matchAll(/export const (\w+)Document = (\{.*\}) as unknown as DocumentNode/g)].map(([, name, json]) => [
      name!,
      JSON.parse(json!) as DocumentNode,
    ]),
  );
  expect([...typed.keys()].sort()).toEqual(written.map(({ name }) => name!.value).sort());
  for (const operation of written) {
    const [made] = typed.get(operation.name!.value)!.definitions;
    expect(print(made!)).toBe(print(operation));
  }
  const schema = buildSchema();
  for (const document of typed.values()) expect(validate(schema, document)).toEqual([]);
});

it("tells the page's cache every union and interface", () => {
  const schema = buildSchema();
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const named = abstract.map((type) => [
    type.name,
    schema
      .getPossibleTypes(type)
      .map(({ name }) => name)
      .sort(),
  ]);
  const told = Object.entries(possibleTypes).map(([name, types]) => [name, types.toSorted()]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(named));
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
