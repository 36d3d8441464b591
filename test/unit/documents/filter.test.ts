import { matches } from "../../../src/documents/filter";

it("tells a missing key from one that is null", () => {
  const document = { id: "x", key: null, modality: "text" as const, createdAt: new Date(), metadata: { here: null } };
  const exists = (key: string) =>
    matches({ kind: "metadata", key, comparison: { op: "exists", value: true } }, document);
  expect([exists("here"), exists("gone"), exists("toString")]).toEqual([true, false, false]);
});
