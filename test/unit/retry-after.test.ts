import { retryAfterMs } from "../../src/retry-after";

const NOW_MS = Date.parse("2025-01-01T00:00:00Z");

it.each([
  ["0", 0],
  ["120", 120_000],
  ["Wed, 01 Jan 2025 00:00:30 GMT", 30_000],
  ["Wednesday, 01-Jan-25 00:00:30 GMT", 30_000],
  ["Tue, 31 Dec 2024 23:59:59 GMT", 0],
])("%s asks to wait %i ms", (header, ms) => expect(retryAfterMs(header, NOW_MS)).toBe(ms));

it.each([undefined, "", "-1", "1.5", "soon", "1e9", ["1", "2"], "9999999999"])("%p asks for nothing", (header) => {
  expect(retryAfterMs(header, NOW_MS)).toBeNull();
});
