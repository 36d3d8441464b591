import { fromAddress, toAddress } from "../../../../web/place/address";
import { START, type Place } from "../../../../web/place/place";
import { EMPTY_SEARCH } from "../../../../web/place/search-state";

const FULL: Place = {
  view: "search",
  documentId: "abc",
  ingestionId: "def",
  search: {
    words: "a red cat & more + ünïcode",
    wordsWeight: 0.5,
    parts: [
      { kind: "text", value: "blue: not green", weight: -0.75 },
      { kind: "document", value: "0123", weight: 1 },
      { kind: "url", value: "https://example.com/a.png?x=1&y=2", weight: 2 },
      { kind: "picture", value: "upload-9", weight: 1 },
    ],
    modality: "IMAGE",
    conditions: [
      { key: "a:b%", comparison: "equals", value: "x:y" },
      { key: "there", comparison: "exists", value: "" },
    ],
    ranking: "RRF",
    relevantOnly: true,
    keywords: "cat",
    diversity: 0.3,
    groupBy: "about",
  },
};

it("writes a place into an address and reads it again", () => {
  expect(fromAddress(toAddress(FULL))).toEqual(FULL);
});

it("needs no address for the start", () => {
  expect(toAddress(START)).toBe("");
  expect(fromAddress("")).toEqual(START);
});

it("leaves out what is malformed", () => {
  const address =
    "?view=x&ranking=BEST&part=text:1:&part=what:1:x&part=y&where=equals:%25zz:1&weight=no&diversity=9&modality=SOUND";
  expect(fromAddress(address)).toEqual({ ...START, search: { ...EMPTY_SEARCH, diversity: 1 } });
});
