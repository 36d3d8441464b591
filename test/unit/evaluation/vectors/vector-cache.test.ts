import { appendFileSync, mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VectorCache, vectorKey } from "../../../../src/evaluation/vectors/vector-cache";
import { testFingerprint } from "../../../support/documents";

const fingerprint = testFingerprint("one", 3);
const key = vectorKey({ kind: "text", role: "query", content: "a cat" });
const other = vectorKey({ kind: "text", role: "document", content: "a cat" });
const newFolder = () => join(mkdtempSync(join(tmpdir(), "parallax-vectors-")), "vectors");

it("gives back what was added, to whoever opens it next, and to no other model", async () => {
  const folder = newFolder();
  await (await VectorCache.open(folder, fingerprint)).add([[key, Float32Array.of(0.5, -0.25, 1)]]);
  await (await VectorCache.open(folder, fingerprint)).add([[other, Float32Array.of(1, 2, 3)]]);
  const cache = await VectorCache.open(folder, fingerprint);
  expect([...cache.get(key)!]).toEqual([0.5, -0.25, 1]);
  expect([...cache.get(other)!]).toEqual([1, 2, 3]);
  expect((await VectorCache.open(folder, testFingerprint("two", 3))).get(key)).toBeUndefined();
});

it("drops a record that was left unfinished", async () => {
  const folder = newFolder();
  await (await VectorCache.open(folder, fingerprint)).add([[key, Float32Array.of(1, 2, 3)]]);
  const file = join(folder, readdirSync(folder)[0]!);
  appendFileSync(file, new Uint8Array(17));
  await (await VectorCache.open(folder, fingerprint)).add([[other, Float32Array.of(4, 5, 6)]]);
  const cache = await VectorCache.open(folder, fingerprint);
  expect([...cache.get(other)!]).toEqual([4, 5, 6]);
  expect(statSync(file).size).toBe(2 * (32 + 12));
});
