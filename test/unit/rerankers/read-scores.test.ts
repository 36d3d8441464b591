import { readScores } from "../../../src/rerankers/remote/read-scores";
import { rerankBody } from "../../../src/rerankers/remote/rerank-body";
import { rerankUrl } from "../../../src/rerankers/remote/remote-reranker";

const body = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const result = (index: unknown, relevance_score: unknown) => ({ index, relevance_score });

it("reads scores in the order of the documents, whatever order they come in", () => {
  const results = [result(2, 0.9), result(0, -3), result(1, 0)];
  expect(readScores(body({ results, usage: {} }), 3)).toEqual([-3, 0, 0.9]);
});

it.each([
  ["<html>", /no JSON/],
  ['{"results": [', /no JSON/],
  ["null", /without a list/],
  [{ data: [] }, /without a list/],
  [{ results: [result(0, 1)] }, /1 scores for 2 documents/],
  [{ results: [result(0, 1), result(0, 1)] }, /numbered/],
  [{ results: [result(0, 1), result(2, 1)] }, /numbered/],
  [{ results: [result(0, 1), result("1", 1)] }, /numbered/],
  [{ results: [result(0, 1), null] }, /numbered/],
  [{ results: [result(0, 1), result(1, "0.5")] }, /no number/],
  [{ results: [result(0, 1), result(1, null)] }, /no number/],
  ['{"results": [{"index": 0, "relevance_score": 1}, {"index": 1, "relevance_score": NaN}]}', /no JSON/],
  ['{"results": [{"index": 0, "relevance_score": 1}, {"index": 1, "relevance_score": 1e999}]}', /no number/],
])("refuses %j", (answer, why) => {
  const refused = expect.objectContaining({ code: "RERANK_FAILED", message: expect.stringMatching(why) });
  expect(() => readScores(body(answer), 2)).toThrow(refused);
});

it("sends texts as strings, and as objects beside pictures in base64", () => {
  const text = { kind: "text", text: "" } as const;
  const picture = { kind: "image", mediaType: "image/jpeg", bytes: Buffer.from("xjpegx").subarray(1, 5) } as const;
  const sent = (documents: readonly (typeof text | typeof picture)[]) => JSON.parse(rerankBody("m", "q", documents));
  expect(sent([text])).toEqual({ model: "m", query: "q", documents: [" "], top_n: 1, return_documents: false });
  const image = Buffer.from("jpeg").toString("base64");
  expect(sent([text, picture]).documents).toEqual([{ text: " " }, { image }]);
});

it("finds the route of an address with and without it", () => {
  for (const address of ["https://api.jina.ai/v1", "https://api.jina.ai/v1/", "https://api.jina.ai/v1/rerank"])
    expect(rerankUrl(address).href).toBe("https://api.jina.ai/v1/rerank");
  expect(rerankUrl("http://127.0.0.1:8000").href).toBe("http://127.0.0.1:8000/rerank");
  expect(rerankUrl("https://host/v1?key=a").href).toBe("https://host/v1/rerank?key=a");
});
