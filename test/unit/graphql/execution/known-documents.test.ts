import { parse } from "graphql";
import { knownDocuments } from "../../../../src/graphql/execution/known-documents";

const MEGABYTE = 1_048_576;

it("keeps the operations used last, within a bound on what they take in memory", () => {
  const documents = knownDocuments(30 * MEGABYTE);
  // 0.1 MB of text take some 8 MB: three have room, not four.
  const operationOf = (name: string) => parse(`{ ${name.repeat(MEGABYTE / 10 / name.length)} }`);
  for (const name of ["first", "second", "third"]) documents.set(name, operationOf(name));
  documents.get("first");
  documents.set("fourth", operationOf("fourth"));
  const kept = ["first", "second", "third", "fourth"].map((name) => documents.get(name));
  expect(kept.map((document) => document !== undefined)).toEqual([true, false, true, true]);
});
