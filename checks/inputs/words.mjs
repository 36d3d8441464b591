// What lists say: values that are hard on a reader.
const WORDS = [
  "a red cat",
  "zwei Größen",
  "日本語",
  "🐈‍⬛ cat",
  "cafe\u0301",
  "x",
  "0",
  "00123",
  "-5",
  "true",
  "null",
  "=1+1",
  "'quoted'",
  "a\\b",
  "{}",
  "100%",
];
const ODD = [
  '5" pipe',
  'he said "hi" twice',
  "one, two",
  "a;b",
  "tab\there",
  "a|b",
  "line\nbreak",
  "line\r\nbreak",
  " leads",
  "trails ",
  '""',
  "first\n\nthird",
  "ends with ,",
  "#",
  "\ufeffbom inside",
  "\u2028",
];
const ADDRESSES = [
  "https://example.com/a.jpg",
  "https://example.com/b.png?w=1&h=2",
  "http://example.com/%C3%A4.webp",
  "data:image/png;base64,AAAA",
];
const PLAIN = ["Gross", "a cat", "two words", "N/A", "7"];

/** Values of a list from one stream of chance. `isTame`: what no misplaced quote in a line before it can be closed by. */
export function valuesFrom({ below, pick }) {
  const odd = () => (below(3) === 0 ? `${pick(ODD)}${pick(WORDS)}` : pick(ODD));
  const word = (isTame) => (below(3) === 0 && !isTame ? odd() : below(8) === 0 ? "" : pick(WORDS));
  const text = (isTame) => `${pick(WORDS)} ${isTame || below(2) ? pick(PLAIN) : odd()}`.trim();
  return { word, text, address: () => pick(ADDRESSES) };
}
