import { metadataTerms } from "../../../../src/stores/milvus/metadata-terms";

it("has equal facts once", () => {
  expect(metadataTerms({ a: ["x", "x", 1, true], b: 1 })).toHaveLength(6);
});
