import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedCalibrationPath } from "../../../src/encoders/calibration-file";
import type { Encoder } from "../../../src/ports/encoder";
import { modelKey } from "../../../src/encoders/remote/parallax/encoder-messages";
import { writeFrame } from "../../../src/encoders/remote/parallax/frame";
import { MINI_CLIP } from "../../support/models";
import { openRemote } from "../../support/remote/open-remote";
import { startTestServer, type TestServer } from "../../support/server";

const SECRET = "a-secret-of-the-tests";
/** On a busy machine too. */
const PATIENT = { deadlineMs: 60_000, startTimeoutMs: 60_000 };
let server: TestServer;
let remote: Encoder;
let cacheFolder: string;
beforeAll(async () => {
  server = await startTestServer({ env: { ENCODER_SECRET: SECRET } });
  cacheFolder = await mkdtemp(join(tmpdir(), "parallax-"));
  remote = await openRemote(server.url, { name: null, apiKey: SECRET, cacheFolder, ...PATIENT });
});
afterAll(async () => {
  await remote.close();
  await server.remove();
  await rm(cacheFolder, { recursive: true, force: true });
});

const post = async (bytes: Buffer, headers: Record<string, string> = {}) => {
  const all = { authorization: `Bearer ${SECRET}`, "content-type": "application/octet-stream", ...headers };
  const response = await fetch(`${server.url}/encoder/v1/embed`, {
    method: "POST",
    headers: all,
    body: new Uint8Array(bytes),
  });
  const text = await response.text();
  return { status: response.status, text, retryAfter: response.headers.get("retry-after") };
};
const request = (change: object = {}) =>
  writeFrame({ model: modelKey(remote.fingerprint), role: "query", kind: "texts", texts: ["a cat"], ...change }, []);

it("is not there without a secret", async () => {
  const plain = await startTestServer();
  expect((await fetch(`${plain.url}/encoder/v1`)).status).toBe(404);
  await expect(openRemote(plain.url, { name: null })).rejects.toMatchObject({
    code: "INVALID_CONFIGURATION",
    message: expect.stringMatching(/ENCODER_SECRET/),
  });
  await plain.remove();
});

it.each(["", "Bearer", `Bearer ${SECRET}x`, `Bearer ${SECRET.slice(1)}`, SECRET])(
  "refuses %p",
  async (authorization) => {
    expect(await post(request(), { authorization })).toMatchObject({ status: 401 });
    expect((await fetch(`${server.url}/encoder/v1`, { headers: { authorization } })).status).toBe(401);
  },
);

it.each([
  ["nothing", () => Buffer.alloc(0)],
  ["no frame", () => Buffer.from("hello")],
  ["a header that is longer than all", () => Buffer.from([255, 255, 255, 255, 1])],
  ["no JSON", () => Buffer.from([1, 0, 0, 0, 123])],
  ["no role", () => request({ role: "boss" })],
  ["texts that are none", () => request({ texts: [1] })],
  ["too many texts", () => request({ texts: Array.from({ length: 300 }, () => "x") })],
  ["another side", () => request({ kind: "images", count: 1, side: 7 })],
  ["fewer pixels than said", () => request({ kind: "images", count: 2, side: remote.picture!.side })],
])("answers %s with 400 and what is wrong", async (_, body) => {
  const { status, text } = await post(body());
  expect(status).toBe(400);
  expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
});

it("refuses who wants another model's vectors", async () => {
  const { status, text } = await post(request({ model: "0123456789abcdef" }));
  expect([status, text]).toEqual([409, expect.stringContaining("MODEL_MISMATCH")]);
});

it("gives what goes with the model to those that know the secret, and who fetches it ranks by the same", async () => {
  const url = `${server.url}/encoder/v1/calibration`;
  expect((await fetch(url)).status).toBe(401);
  const given = await (await fetch(url, { headers: { authorization: `Bearer ${SECRET}` } })).text();
  expect(given).toBe(await readFile(join(MINI_CLIP, "calibration.json"), "utf8"));
  const kept = cachedCalibrationPath(cacheFolder, remote.fingerprint);
  expect(await readFile(kept, "utf8")).toBe(given);
});

it("asks to come again when there is much to do, and the client does", async () => {
  const flood = await Promise.all(
    Array.from({ length: 90 }, (_, i) => post(request({ texts: [`${"word ".repeat(100)}${i}`] }))),
  );
  const refused = flood.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(({ retryAfter, text }) => retryAfter === "1" && text.includes("OVERLOADED"))).toBe(true);
  expect(flood.length - refused.length).toBeGreaterThanOrEqual(64);
  const waiting = Array.from({ length: 70 }, (_, i) => remote.encodeTexts([`patient ${i}`], "document"));
  expect((await Promise.all(waiting)).flat().every(({ ok }) => ok)).toBe(true);
});
