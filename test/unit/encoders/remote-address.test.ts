import { isRemoteModel, remoteAddress } from "../../../src/encoders/remote/remote-address";

it.each([
  ["http://gpu:4000", "parallax", "http://gpu:4000/encoder/v1"],
  ["http://gpu:4000/", "parallax", "http://gpu:4000/encoder/v1"],
  ["https://gpu.example/inner/encoder/v1/", "parallax", "https://gpu.example/inner/encoder/v1"],
  ["https://api.jina.ai/v1/embeddings", "jina", "https://api.jina.ai/v1/embeddings"],
  ["https://api.jina.ai/v1", "jina", "https://api.jina.ai/v1/embeddings"],
  ["https://api.example/v1", "openai", "https://api.example/v1/embeddings"],
  ["http://127.0.0.1:7997/embeddings?api-version=2", "openai", "http://127.0.0.1:7997/embeddings?api-version=2"],
])("takes %s for %s at %s", (model, protocol, url) => {
  const address = remoteAddress(model, "");
  expect([address.protocol, address.url.href]).toEqual([protocol, url]);
});

it("lets MODEL_PROTOCOL decide", () => {
  const { protocol, url } = remoteAddress("http://gpu:4000/models/clip", "vllm");
  expect([protocol, url.href]).toEqual(["vllm", "http://gpu:4000/models/clip/embeddings"]);
});

it("asks for MODEL_PROTOCOL where the address does not tell", () => {
  expect(() => remoteAddress("http://gpu:4000/models/clip", "")).toThrow(/MODEL_PROTOCOL/);
});

it.each([
  ["mini-clip", false],
  ["jinaai/jina-clip-v1", false],
  ["./http:/folder", false],
  ["HTTPS://x", true],
])("%s is at an address: %p", (model, isRemote) => expect(isRemoteModel(model)).toBe(isRemote));
