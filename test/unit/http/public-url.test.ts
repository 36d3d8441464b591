import { localUrl, publicUrlWarning } from "../../../src/http/public-url";

it.each([
  ["0.0.0.0", "http://127.0.0.1:4000"],
  ["::", "http://127.0.0.1:4000"],
  ["::1", "http://[::1]:4000"],
  ["10.1.2.3", "http://10.1.2.3:4000"],
])("finds a server that listens on %s at %s", (host, url) => {
  expect(localUrl({ host }, 4_000)).toBe(url);
});

it.each([
  ["0.0.0.0", null, /PUBLIC_URL is not set: .* http:\/\/127\.0\.0\.1:4000, which only this machine reaches/],
  ["::", null, /Set PUBLIC_URL/],
])("warns of addresses that no other machine reaches: %s", (host, publicUrl, words) => {
  expect(publicUrlWarning({ host, publicUrl }, localUrl({ host }, 4_000))).toMatch(words);
});

it.each([
  ["0.0.0.0", "https://search.example.com"],
  ["127.0.0.1", null],
  ["10.1.2.3", null],
])("is silent where there is no doubt: %s, %s", (host, publicUrl) => {
  expect(publicUrlWarning({ host, publicUrl }, localUrl({ host }, 4_000))).toBeNull();
});
