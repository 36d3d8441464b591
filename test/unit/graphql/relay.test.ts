import { getNamedType, isObjectType, type GraphQLObjectType } from "graphql";
import { buildSchema } from "../../../src/graphql/schema";

const schema = buildSchema();
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const named = (ending: string) => objects.filter(({ name }) => name.endsWith(ending)).map((type) => [type.name, type]);
const typeOf = (type: GraphQLObjectType, field: string) => String(type.getFields()[field]?.type);

it.each(named("Connection") as [string, GraphQLObjectType][])("%s is a connection as Relay has it", (name, type) => {
  expect(typeOf(type, "edges")).toBe(`[${name.replace(/Connection$/, "Edge")}!]!`);
  expect(typeOf(type, "pageInfo")).toBe("PageInfo!");
});

it.each(named("Edge") as [string, GraphQLObjectType][])("%s has a node and a cursor", (_, type) => {
  expect(typeOf(type, "cursor")).toBe("String!");
  expect(typeOf(type, "node")).toMatch(/^\w+!$/);
});

it("pages every connection by `first` and `after`", () => {
  const fields = objects.flatMap((type) => Object.values(type.getFields()));
  const connections = fields.filter(({ type }) => getNamedType(type).name.endsWith("Connection"));
  expect(connections.length).toBeGreaterThan(3);
  for (const { args } of connections) {
    const types = Object.fromEntries(args.map(({ name, type }) => [name, String(type)]));
    expect(types).toMatchObject({ first: "Int", after: "String" });
  }
});

it("has Relay's PageInfo and node(id)", () => {
  const page = schema.getType("PageInfo") as GraphQLObjectType;
  const fields = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"];
  expect(fields.map((field) => typeOf(page, field))).toEqual(["Boolean!", "Boolean!", "String", "String"]);
  const { node } = schema.getQueryType()!.getFields();
  expect([String(node!.type), String(node!.args[0]!.type)]).toEqual(["Node", "ID!"]);
});

it("makes a node of everything that a client can fetch by an id of its own", () => {
  const possible = schema.getPossibleTypes(schema.getType("Node") as never).map(({ name }) => name);
  expect(possible.toSorted()).toEqual(["ImageDocument", "Ingestion", "TextDocument"]);
});
