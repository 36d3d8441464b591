import { headersFor, readHeadersByHost } from "../../../../src/images/fetch/fetch-headers";

it("reads headers by host, both in the spelling of URLs", () => {
  const read = readHeadersByHost('{"Bücher.example": {"X-Key": "a"}, "127.1:8080": {"Cookie": "b=c"}}');

  expect([...read]).toEqual([
    ["xn--bcher-kva.example", { "x-key": "a" }],
    ["127.0.0.1:8080", { cookie: "b=c" }],
  ]);
});

it("gives a host's headers to its URLs alone", () => {
  const headers = readHeadersByHost('{"a.example": {"X": "1"}, "a.example:8080": {"X": "2"}, "[::1]:80": {"X": "3"}}');
  const sentTo = (url: string) => headersFor(new URL(url), headers)["x"];

  expect(sentTo("https://a.example/")).toBe("1");
  expect(sentTo("https://A.example:443/")).toBe("1");
  expect(sentTo("http://a.example:8080/")).toBe("2");
  expect(sentTo("http://[0:0::1]/")).toBe("3");
  const others = ["http://a.example/", "http://a.example:443/", "https://a.example:444/", "https://a.example./"];
  expect([...others, "https://b.a.example/"].map(sentTo)).toEqual(Array(5).fill(undefined));
});

it.each([
  ["s3cret", "must be JSON"],
  ['{"a.example": {"X": "s3cret"', "must be JSON"],
  ['["s3cret"]', "must be an object"],
  ['"s3cret"', "must be an object"],
  ["null", "must be an object"],
  ['{"a.example": "s3cret"}', "must give host 1 of 1 an object"],
  ['{"https://s3cret.example": {}}', "host 1 of 1 is neither"],
  ['{"a.example:s3cret": {}}', "host 1 of 1 is neither"],
  ['{"a.example": {"X": "s3cret"}, "A.example": {}}', "host 2 of 2 is there already"],
  ['{"a.example": {"X": "s3cret", "x": ""}}', "header 2 of host 1 of 1 is there already"],
  ['{"a.example": {"s3cret name": "x"}}', "header 1 of host 1 of 1 has none"],
  ['{"a.example": {"__proto__": "s3cret"}}', "header 1 of host 1 of 1 has none"],
  ['{"a.example": {"X": "s3cret\\r\\nY: 1"}}', "texts of one line"],
  ['{"a.example": {"X": 3}}', "texts of one line"],
])("refuses %s without repeating it: %s", (json, words) => {
  const reading = (): unknown => readHeadersByHost(json);

  expect(reading).toThrow(words);
  expect(reading).toThrow(expect.objectContaining({ message: expect.not.stringContaining("s3cret") }));
});

it.each([
  "Host",
  "CONNECTION",
  "Content-Length",
  "Transfer-Encoding",
  "Accept-Encoding",
  "Range",
  "Proxy-Authorization",
])("leaves %s to the server", (name) => {
  expect(() => readHeadersByHost(JSON.stringify({ "a.example": { [name]: "x" } }))).toThrow("sets itself");
});
