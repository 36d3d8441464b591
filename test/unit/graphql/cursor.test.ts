import { cursorMaker, readCursor } from "../../../src/graphql/cursor";
import { readPosition, writePosition } from "../../../src/graphql/search/position";

const query = { text: "a red cat" };
const id = "0123456789".repeat(4);
const position = { ranking: "r4nk1ng", calibration: "c4l", reranked: true, rank: 7, score: 1.25, id };
const cursor = cursorMaker(query)(writePosition(position));
const refused = expect.objectContaining({ code: "INVALID_CURSOR" });

it("gives back the position that it was made of", () => {
  expect(readPosition(query, cursor)).toEqual(position);
});

it("refuses a cursor of another query, or of none", () => {
  expect(() => readPosition({ text: "a red dog" }, cursor)).toThrow(refused);
  for (const other of ["", "x", "null", "[]", cursorMaker(query)(3), cursorMaker(query)("[1,2,3]")])
    expect(() => readPosition(query, other)).toThrow(refused);
  const isString = (value: unknown): value is string => typeof value === "string";
  expect(() => readCursor(query, cursorMaker(query)(3), isString)).toThrow(refused);
});

it("refuses a cursor of which any character was changed, or the end is missing", () => {
  for (let at = 0; at < cursor.length; at++) {
    const other = cursor[at] === "A" ? "g" : "A";
    expect(() => readPosition(query, cursor.slice(0, at) + other + cursor.slice(at + 1))).toThrow(refused);
    expect(() => readPosition(query, cursor.slice(0, at))).toThrow(refused);
  }
});
