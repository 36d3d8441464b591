import { unwrap } from "../../src/errors";
import type { Encoder } from "../../src/ports/encoder";
import { startTestModel } from "../support/models";
import { startApiStub, type ApiStub, type ApiStubOptions } from "../support/remote/api-stub";
import { openRemote } from "../support/remote/open-remote";
import { startTestServer, type TestServer } from "../support/server";
import { encoderContract, plain } from "./encoder.suite";

const KEY = "the-key-of-the-tests";
const stubs: ApiStub[] = [];
afterAll(() => Promise.all(stubs.map((stub) => stub.stop())));

async function openStub(options: Omit<ApiStubOptions, "dimension">): Promise<Encoder> {
  const stub = await startApiStub({ dimension: 96, key: KEY, maxWords: 512, ...options });
  stubs.push(stub);
  return openRemote(stub.url, { protocol: options.protocol, apiKey: KEY });
}

describe("an API like Jina's", () => {
  encoderContract(() => openStub({ protocol: "jina" }));
});
describe("an API like Infinity's", () => {
  encoderContract(() => openStub({ protocol: "infinity" }));
});
describe("an API like vLLM's, with numbers in JSON", () => {
  encoderContract(() => openStub({ protocol: "vllm", asNumbers: true }));
});
describe("an API like OpenAI's, for texts alone", () => {
  encoderContract(() => openStub({ protocol: "openai" }), { takesPictures: false });
});

describe("another Parallax server", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ env: { ENCODER_SECRET: KEY } });
  });
  afterAll(() => server.remove());
  // A real model, which other tests keep waiting.
  const open = () => openRemote(server.url, { name: null, apiKey: KEY, deadlineMs: 60_000, startTimeoutMs: 60_000 });
  encoderContract(open);

  it("gives the vectors of its model to the bit, under the same fingerprint", async () => {
    const [local, remote] = await Promise.all([startTestModel("mini-clip"), open()]);
    const texts = Array.from({ length: 40 }, (_, i) => `${"word ".repeat(i)}of text ${i}`);
    const pictures = Array.from({ length: 20 }, (_, i) => plain(local.picture!.side, [i * 9, 200 - i, (i * 70) % 256]));
    const encodedBy = async (encoder: Encoder) => [
      ...(await encoder.encodeTexts(texts, "query")).map(unwrap),
      ...(await encoder.encodeImages(pictures, "query")).map(unwrap),
    ];
    const [here, there] = [await encodedBy(local), await encodedBy(remote)];
    expect(there.map(({ vector }) => vector)).toEqual(here.map(({ vector }) => vector));
    expect(there.map(({ truncated }) => truncated)).toEqual(here.map(({ truncated }) => truncated));
    expect([remote.fingerprint, remote.picture]).toEqual([local.fingerprint, local.picture]);
    await Promise.all([local.close(), remote.close()]);
  });
});
