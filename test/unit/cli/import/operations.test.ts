import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import * as operations from "../../../../src/cli/import/operations";

const schema = buildSchema(readFileSync(join(__dirname, "../../../../schema/schema.graphql"), "utf8"));

it.each(Object.entries(operations).filter(([, one]) => typeof one === "string"))(
  "%s is an operation of the public contract",
  (_name, operation) => {
    expect(validate(schema, parse(operation as string))).toEqual([]);
  },
);
