import { canonicalHost } from "../../../../src/images/fetch/host-name";

it.each([
  ["Example.com", "example.com"],
  ["example.com:80", "example.com:80"],
  ["example.com:0443", "example.com:443"],
  ["127.1", "127.0.0.1"],
  ["[::FFFF:127.0.0.1]:9", "[::ffff:7f00:1]:9"],
  ["bücher.example", "xn--bcher-kva.example"],
])("spells %s as %s", (text, host) => expect(canonicalHost(text)).toBe(host));

it.each([
  "",
  "http://a.example",
  "a.example/",
  "a b",
  "u@a.example",
  "a.example:",
  "a.example:99999",
  "::1",
  "256.1.1.1",
])("finds no host in %p", (text) => expect(canonicalHost(text)).toBeNull());
