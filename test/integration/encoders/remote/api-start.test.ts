import { createServer } from "node:net";
import { pino } from "pino";
import { startApiStub, type ApiStub } from "../../../support/remote/api-stub";
import { openRemote } from "../../../support/remote/open-remote";

const KEY = "sk-very-secret-key-of-mine";
let stub: ApiStub;
beforeAll(async () => {
  stub = await startApiStub({ protocol: "infinity", dimension: 64, key: KEY });
});
beforeEach(() => stub.faults());
afterAll(() => stub.stop());

const open = (options: Parameters<typeof openRemote>[1] = {}, url = stub.url) =>
  openRemote(url, { protocol: "infinity", apiKey: KEY, deadlineMs: 6_000, startTimeoutMs: 3_000, ...options });

it("measures the dimension and takes no address into the fingerprint", async () => {
  const encoder = await open({ queryPrefix: "query:", revision: "2025" });
  expect(encoder.fingerprint).toEqual({
    model: "made-up-clip",
    revision: "2025",
    dtype: "infinity",
    dimension: 64,
    preprocessing: 'shortest 32 bicubic centre, queries after "query:"',
  });
  await encoder.close();
});

it("puts the prefix before queries, and none before documents", async () => {
  const encoder = await open({ queryPrefix: "query:" });
  const [query] = await encoder.encodeTexts(["a cat"], "query");
  const [document] = await encoder.encodeTexts(["query: a cat"], "document");
  expect(query).toEqual(document);
  await encoder.close();
});

it("asks for the dimension that is set", async () => {
  const encoder = await open({ dimension: 32 });
  expect(encoder.dimension).toBe(32);
  await encoder.close();
});

it("says what to set when the key is wrong, and repeats no key", async () => {
  const lines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const error = await open({ apiKey: `${KEY}-wrong`, log }).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "INVALID_CONFIGURATION", message: expect.stringMatching(/401.*MODEL_API_KEY/) });
  const said = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause) + lines.join();
  expect(lines.length).toBeGreaterThan(0);
  expect(said).not.toContain(KEY);
});

it.each([
  [{ name: null }, "INVALID_CONFIGURATION", /MODEL_NAME/],
  [{ name: "no-such" }, "INVALID_CONFIGURATION", /404: .*there is no model no-such.*MODEL_NAME/],
  [{ protocol: "vllm" }, "INVALID_CONFIGURATION", /takes no pictures as MODEL_PROTOCOL sends them/],
  [{ protocol: "parallax" }, "INVALID_CONFIGURATION", /ENCODER_SECRET/],
] as const)("refuses to start with %j", async (options, code, message) => {
  await expect(open(options)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

it("says that nothing answers, after trying for a while", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const began = performance.now();
  await expect(open({}, `http://127.0.0.1:${port}/v1`)).rejects.toMatchObject({
    code: "MODEL_UNAVAILABLE",
    message: expect.stringMatching(/could not be reached.*MODEL runs/),
  });
  expect(performance.now() - began).toBeGreaterThan(700);
});

it("starts all the same where the API was away for a moment", async () => {
  await stub.faults("restarts", "resets");
  const encoder = await open();
  expect(encoder.dimension).toBe(64);
  await encoder.close();
});
