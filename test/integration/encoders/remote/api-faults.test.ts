import { unwrap, type AppError, type Outcome } from "../../../../src/errors";
import { dot } from "../../../../src/documents/vector";
import type { Embedding, Encoder } from "../../../../src/ports/encoder";
import { plain } from "../../../contract/encoder.suite";
import { startApiStub, type ApiStub } from "../../../support/remote/api-stub";
import { openRemote } from "../../../support/remote/open-remote";

const TEXTS = Array.from({ length: 8 }, (_, i) => `text number ${i}`);
let stub: ApiStub;
let encoder: Encoder;
let right: readonly Float32Array[];
beforeAll(async () => {
  stub = await startApiStub({ protocol: "infinity", dimension: 64 });
  encoder = await openRemote(stub.url, { protocol: "infinity", deadlineMs: 3_000 });
  right = (await encoder.encodeTexts(TEXTS, "document")).map((one) => unwrap(one).vector);
});
beforeEach(() => stub.faults());
afterAll(async () => {
  await encoder.close();
  await stub.stop();
});

const codes = (outcomes: readonly Outcome<Embedding>[]) => outcomes.map((one) => (one.ok ? "right" : one.error.code));
const encode = async (texts = TEXTS) => encoder.encodeTexts(texts, "document");

it.each([
  "resets",
  "truncates",
  "breaksJson",
  "fails",
  "restarts",
  "page",
  "numbersWrongly",
  "numbersTwice",
  "endless",
])("gets the right vectors all the same where an API %s once", async (fault) => {
  await stub.faults(fault);
  expect((await encode()).map((one) => unwrap(one).vector)).toEqual(right);
  expect((await stub.told()).faults).toHaveProperty(fault, 1);
});

it.each(["otherDimension", "tooFew", "tooMany"])("asks again where an API's answer has %s", async (fault) => {
  await stub.faults(fault);
  expect((await encode()).map((one) => unwrap(one).vector)).toEqual(right);
});

it("puts an answer in another order right by its indexes", async () => {
  await stub.faults("reorders");
  const before = (await stub.told()).requests;
  expect((await encode()).map((one) => unwrap(one).vector)).toEqual(right);
  expect((await stub.told()).requests).toBe(before + 1);
});

it("gives another try the time that a stalled one leaves", async () => {
  await stub.faults("stalls");
  const began = performance.now();
  expect((await encode()).map((one) => unwrap(one).vector)).toEqual(right);
  expect(performance.now() - began).toBeGreaterThan(900);
});

it("waits for as long as a busy API asks", async () => {
  await stub.faults("busy");
  const began = performance.now();
  expect((await encode()).every(({ ok }) => ok)).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

it.each(["notANumber", "zero"])("fails only the item whose vector is %s", async (fault) => {
  await stub.faults(fault);
  const outcomes = await encode();
  expect(codes(outcomes)).toEqual(TEXTS.map((_, i) => (i === 4 ? "ENCODER_FAILED" : "right")));
});

it.each([
  ["refused", false],
  ["deadly", true],
])("fails only the item that is %s", async (poison, retryable) => {
  const outcomes = await encode(TEXTS.with(5, `poison: ${poison}`));
  expect(codes(outcomes)).toEqual(TEXTS.map((_, i) => (i === 5 ? "ENCODER_FAILED" : "right")));
  expect(outcomes[5]).toMatchObject({ error: { retryable } });
});

it("fails with ENCODER_UNAVAILABLE, within the deadline, while an API is busy all the time", async () => {
  await stub.faults(...Array.from({ length: 20 }, () => "busy"));
  const began = performance.now();
  expect(codes(await encode())).toEqual(TEXTS.map(() => "ENCODER_UNAVAILABLE"));
  expect(performance.now() - began).toBeLessThan(4_000);
});

it("never stores what an API gets wrong each time, and says so of each item", async () => {
  await stub.faults(...Array.from({ length: 200 }, () => "otherDimension"));
  expect(new Set(codes(await encode()))).toEqual(new Set(["ENCODER_FAILED"]));
});

it("sends pictures as whole files of the same pixels", async () => {
  const pictures = [plain(32, [1, 2, 3]), plain(32, [3, 2, 1]), plain(32, [1, 2, 3])];
  const [one, other, same] = (await encoder.encodeImages(pictures, "document")).map((it) => unwrap(it).vector);
  expect(dot(one!, same!)).toBeCloseTo(1, 5);
  expect(dot(one!, other!)).toBeLessThan(0.9);
});

it("throws SHUTTING_DOWN once closed, in the middle of a request too", async () => {
  const closing = await openRemote(stub.url, { protocol: "infinity" });
  await stub.faults("stalls");
  const code = closing.encodeTexts(["late"], "document").catch((error: AppError) => error.code);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await closing.close();
  expect(await code).toBe("SHUTTING_DOWN");
  await expect(closing.encodeTexts(["later"], "document")).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
});
