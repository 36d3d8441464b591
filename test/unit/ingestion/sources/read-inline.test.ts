import { readInline } from "../../../../src/ingestion/sources/read-inline";

describe("a picture within a request", () => {
  it.each([
    "/+8=",
    "_-8",
    " /+ 8= ",
    "data:image/png;base64,/+8=",
    "data:;base64,/+8=",
    "data:image/*;base64,/+8=",
    "data:application/octet-stream;name=a%20b.png;base64,/+8=",
    "DATA:IMAGE/PNG;BASE64,/+8=",
    " data:image/png ; base64,/+8=",
    "data:image/png;base64,%2F%2B8%3D",
    "data:image/png,%ff%ef",
    "data:,%ff%ef",
  ])("is read in all its spellings: %s", (text) => {
    expect([...readInline(text, 10)]).toEqual([255, 239]);
  });
  it.each([
    "",
    "a",
    "????",
    "ab=c",
    "data:",
    "data:image/png",
    "data:image/png;base64,",
    "data:,",
    "data:,%f",
    "data:;base64,a",
  ])("is refused when it is none: %p", (text) => {
    expect(() => readInline(text, 10)).toThrow(expect.objectContaining({ code: "INVALID_IMAGE" }));
  });
  it.each(["", "data:;base64,", "data:,"])("is refused by its length before it is decoded: %p", (head) => {
    expect(() => readInline(head + "A".repeat(1_000), 10)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });
});
