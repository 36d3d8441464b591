import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { familyFolder } from "../support/models";
import { dataIn } from "../support/parallax-cli";
import { runServer } from "../support/run-server";
import { startTestServer } from "../support/server";

jest.setTimeout(180_000);

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "parallax-unusable-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const model = () => join(root, "my-model");
const data = () => join(root, "data");
const env = () => ({ ...dataIn(data()), LOG_LEVEL: "error", MODEL: model() });

it.each<[string, () => void, RegExp]>([
  ["is a folder of something else", () => rmSync(join(model(), "config.json")), /my-model has no config\.json/],
  [
    "lacks a file",
    () => rmSync(join(model(), "onnx/vision_model.onnx")),
    /Missing: onnx\/vision_model\.onnx, for CLIP/,
  ],
  ["has half a tokenizer", () => truncateSync(join(model(), "tokenizer.json"), 99), /tokenizer\.json is not whole/],
  [
    "is called what it is not",
    () => writeFileSync(join(model(), "config.json"), `{"model_type":"llama"}`),
    /model_type "llama"; Parallax loads/,
  ],
])("a model that %s: one line, exit code 1, and no folder is made", async (_, breakIt, line) => {
  cpSync(familyFolder("clip"), model(), { recursive: true });
  breakIt();
  const { code, err } = await runServer(env());
  expect(code).toBe(1);
  expect(err).toMatch(line);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(existsSync(data())).toBe(false);
});

it("half of an ONNX file: one line, exit code 1; nothing is remembered of it, and the data are another model's to begin", async () => {
  cpSync(familyFolder("clip"), model(), { recursive: true });
  truncateSync(join(model(), "onnx/vision_model.onnx"), 20_000);
  const { code, err } = await runServer(env());
  expect(code).toBe(1);
  expect(err).toMatch(/onnx\/vision_model\.onnx in .*my-model cannot be loaded/);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(existsSync(join(data(), "cache"))).toBe(false);
  const server = await startTestServer({ folder: data(), env: { MODEL: familyFolder("text-mean") } });
  await server.stop();
});

it("a model that gives other vectors than at first is not served until that is wanted", async () => {
  cpSync(familyFolder("siglip2"), model(), { recursive: true });
  const first = await startTestServer({ folder: data(), env: { MODEL: model() } });
  await first.stop();
  // What is not part of the fingerprint, but makes capitals count.
  const path = join(model(), "tokenizer_config.json");
  writeFileSync(path, readFileSync(path, "utf8").replace("GemmaTokenizer", "PreTrainedTokenizer"));
  const { code, err } = await runServer(env());
  expect(code).toBe(1);
  expect(err).toMatch(/my-model \(fp32\) gives other vectors .*"Ein rotes Kätzchen.*cosine -?0\.\d+.*delete that file/);
  expect(err.trim().split("\n")).toHaveLength(1);
  const golden = join(data(), "cache/golden");
  const [kept] = readdirSync(golden);
  expect(err).toContain(join(golden, kept!));
  rmSync(join(golden, kept!));
  const again = await startTestServer({ folder: data(), env: { MODEL: model() } });
  await again.stop();
});
