// An NDJSON list together with what each of its lines means.
import { ENCODINGS, LINE_ENDS, toBytes } from "./bytes.mjs";
import { MAX_ROW_LENGTH } from "./csv-list.mjs";
import { valuesFrom } from "./words.mjs";

const FAULTS = {
  cutOff: '{"text":"a cat","key":"',
  noObject: '["a cat"]',
  otherName: '{"txt":"a cat"}',
  both: '{"text":"a cat","image":"https://example.com/a.jpg"}',
  neither: '{"text":null,"image":null,"key":"k"}',
  wrongType: '{"text":7}',
  wrongKey: '{"text":"a cat","key":7}',
  twoSources: '{"image":{"url":"https://example.com/a.jpg","base64":"AAAA"}}',
  tooDeep: `{"text":"a cat","metadata":${'{"a":'.repeat(200)}1${"}".repeat(200)}}`,
  tooLong: `{"text":"${"y".repeat(MAX_ROW_LENGTH + 1)}"}`,
  noText: Buffer.from('{"text":"Gr\xf6\xdfe"}', "latin1"),
};
const HAVE_NO_UTF16 = ["noText"];

/** As `makeCsvList`. */
export function makeNdjsonList(chance, isForServer = false) {
  const { below, pick } = chance;
  const fault = below(2) === 0 ? pick(Object.keys(FAULTS)) : null;
  const dialect = {
    encoding: HAVE_NO_UTF16.includes(fault) ? pick(["utf-8", "utf-8 bom"]) : pick(ENCODINGS),
    lineEnd: pick(LINE_ENDS),
    endsWell: below(2) === 0,
  };
  const values = valuesFrom(chance);
  const [lines, rows] = [[], []];
  const add = (written, meaning) => {
    if (meaning) rows.push({ line: lines.length + 1, ...meaning });
    lines.push(written);
  };
  const addSome = (count) => {
    for (let left = count; left > 0; left--) {
      if (below(8) === 0 && lines.length > 0) add(pick(["", "  "]));
      else add(...makeLine(values, chance, isForServer));
    }
  };
  addSome(1 + below(12));
  if (fault !== null) {
    add(FAULTS[fault], { fault });
    addSome(below(6));
  }
  return { bytes: toBytes(lines, dialect, chance), rows, about: { ...dialect, fault } };
}

/** A line and what it means; absent fields are left out or null, as data frames write them. */
function makeLine(values, { below, pick }, isForServer) {
  const isImage = !isForServer && below(2) === 0;
  const given = {
    ...(isImage ? makeImage(values, pick) : { text: values.text(false) }),
    key: isForServer || below(2) ? `k${below(1e9)}` : null,
    metadata: pick([
      null,
      {},
      { a: 1, b: [true, null, "x"], c: { d: values.word(false) } },
      { price: 1.5, none: null },
    ]),
    ...(isImage ? { caption: pick([null, "A cat"]) } : {}),
  };
  const written = below(2) ? { [isImage ? "text" : "image"]: null, ...given } : withoutNulls(given);
  const { key, metadata, text, image, caption } = given;
  const item = isImage
    ? { kind: "image", key, metadata, source: sourceOf(image), caption }
    : { kind: "text", key, metadata, text };
  return [JSON.stringify(written), { item }];
}

const makeImage = (values, pick) => ({
  image: pick([
    values.address(),
    { url: values.address(), base64: null },
    { base64: "AAAA", url: null, uploadId: null },
    { uploadId: "ab" },
  ]),
});

function sourceOf(image) {
  if (typeof image === "string") return { kind: "url", url: image };
  if (image.url) return { kind: "url", url: image.url };
  return image.base64 ? { kind: "base64", base64: image.base64 } : { kind: "upload", uploadId: image.uploadId };
}

const withoutNulls = (value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
