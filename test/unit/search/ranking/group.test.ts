import type { Metadata } from "../../../../src/documents/document";
import { group, groupName, groupOf } from "../../../../src/search/ranking/group";
import { textDocument } from "../../../support/documents";

const by = (size = 1) => ({ metadataKey: "g", size });
const hit = (name: string, metadata: Metadata) => textDocument(name, { metadata, vector: new Float32Array(8) });
const names = (hits: ReturnType<typeof group<ReturnType<typeof hit>>>) =>
  hits.map(({ document }) => document.modality === "text" && document.text);

it("keeps the best of each group in the order of the hits", () => {
  const ranked = [hit("a1", { g: "a" }), hit("b1", { g: "b" }), hit("a2", { g: "a" }), hit("a3", { g: "a" })];
  expect(names(group(ranked, [], by(1)))).toEqual(["a1", "b1"]);
  expect(names(group(ranked, [], by(2)))).toEqual(["a1", "b1", "a2"]);
});

it("counts hits that stand before", () => {
  const ranked = [hit("a2", { g: "a" }), hit("b1", { g: "b" }), hit("a3", { g: "a" })];
  expect(names(group(ranked, ['"a"', null], by(2)))).toEqual(["a2", "b1"]);
  expect(names(group(ranked, ['"a"', '"a"'], by(2)))).toEqual(["b1"]);
});

it("takes each document without the key as a group of its own, and null as a value", () => {
  const ranked = [hit("x", {}), hit("y", {}), hit("n1", { g: null }), hit("n2", { g: null })];
  expect(names(group(ranked, [null, null], by(1)))).toEqual(["x", "y", "n1"]);
});

it("tells values of different types apart, and compares lists and objects as a whole", () => {
  const values = [1, "1", true, "true", [1, 2], [2, 1], { a: 1 }, { a: 2 }];
  const ranked = values.flatMap((g, i) => [hit(`${i}`, { g }), hit(`${i} again`, { g })]);
  expect(names(group(ranked, [], by(1)))).toEqual(values.map((_, i) => String(i)));
});

it("looks at own keys only", () => {
  const { document } = hit("x", {});
  const proto = { metadataKey: "__proto__", size: 1 };
  expect([groupOf(document, proto), groupName(document, proto)]).toEqual([undefined, null]);
});
