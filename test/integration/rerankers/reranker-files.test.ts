import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveReranker } from "../../../src/rerankers/reranker-files";
import { startOnnxReranker } from "../../../src/rerankers/onnx-reranker";
import { startHubStandIn } from "../../support/hub-stand-in";
import { familyFolder, silent } from "../../support/models";
import { NEVER, rerankerFolder, rerankerRequest, startTestReranker, texts } from "../../support/rerankers";

const TINY = "jinaai/jina-reranker-v1-tiny-en";
let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "rerankers-"))));
afterEach(() => rmSync(root, { recursive: true }));

function copy(change: (folder: string) => void): string {
  const folder = join(root, "copy");
  cpSync(rerankerFolder("bert"), folder, { recursive: true });
  change(folder);
  return folder;
}

function changeJson(path: string, changes: object): void {
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), ...changes }));
}

const invalid = (why: RegExp) => ({ code: "INVALID_MODEL", message: expect.stringMatching(why) });

it("downloads what a hub's cross-encoder needs, once", async () => {
  const hub = await startHubStandIn({ models: { [TINY]: rerankerFolder("jina") } });
  const request = rerankerRequest(TINY, { cacheFolder: root, hubUrl: hub.url });
  const files = await resolveReranker(request);
  expect(files).toMatchObject({ name: TINY, maxTokens: 512 });
  expect(existsSync(join(files.folder, "onnx/model.onnx"))).toBe(true);
  expect(existsSync(join(files.folder, "reference.json"))).toBe(false);
  const asked = hub.requests.length;
  expect(await resolveReranker(request)).toEqual(files);
  expect(hub.requests).toHaveLength(asked);
  await hub.stop();
});

it("reads no more tokens than the model has places for, nor than are asked for", async () => {
  const most = async (name: string, maxTokens: number) =>
    (await resolveReranker(rerankerRequest(rerankerFolder(name), { maxTokens }))).maxTokens;
  expect(await most("bert", 512)).toBe(96);
  expect(await most("bert", 40)).toBe(40);
  expect(await most("jina", 8_192)).toBe(8_192);
});

it.each([
  ["no folder", () => join(root, "nowhere"), /not a folder that can be read/],
  ["no name", () => "tiny", /RERANK_MODEL is "tiny"; it must be a folder .*owner\/name/],
  ["no tokenizer", () => copy((folder) => rmSync(join(folder, "tokenizer.json"))), /has no tokenizer.json/],
  [
    "a model of vision",
    () => copy((folder) => changeJson(join(folder, "config.json"), { model_type: "vit" })),
    /"vit"; Parallax reranks with bert/,
  ],
  [
    "another dtype",
    () => copy((folder) => renameSync(join(folder, "onnx/model.onnx"), join(folder, "onnx/model_fp16.onnx"))),
    /no ONNX file for the dtype fp32 \(onnx\/model.onnx\); it has fp16. Set RERANK_DTYPE/,
  ],
  ["an empty file", () => copy((folder) => truncateSync(join(folder, "onnx/model.onnx"), 0)), /is empty/],
])("says what is wrong with %s", async (_, make, why) => {
  await expect(resolveReranker(rerankerRequest(make()))).rejects.toMatchObject(invalid(why));
});

it("names its own settings where the hub cannot be reached", async () => {
  const patience = { idleTimeoutMs: 200, retryDelayMs: 10, attempts: 1 };
  const request = rerankerRequest(TINY, { cacheFolder: root, patience });
  await expect(resolveReranker(request)).rejects.toMatchObject({
    code: "MODEL_UNAVAILABLE",
    message: expect.stringMatching(/RERANK_MODEL=https:.* or RERANK_MODEL=\/path\/to\/a\/folder/),
  });
  await expect(resolveReranker({ ...request, revision: "../x" })).rejects.toMatchObject(invalid(/RERANK_REVISION/));
});

it.each([
  [
    "broken",
    () => copy((folder) => truncateSync(join(folder, "onnx/model.onnx"), 9_000)),
    /cannot be loaded on cpu .*RERANK_DTYPE/,
  ],
  [
    "no cross-encoder",
    () => familyFolder("text-mean"),
    /is no cross-encoder: it gives last_hidden_state \[2, \d+, 32\], not logits/,
  ],
])("does not start a model that is %s", async (_, make, why) => {
  await expect(startTestReranker(make())).rejects.toMatchObject(invalid(why));
});

it("fails while its process is gone, and works again once that was started anew", async () => {
  const reranker = await startTestReranker(rerankerFolder("bert"));
  const long = texts(...Array.from({ length: 400 }, (_, i) => `${"word ".repeat(90)}${i}`));
  const scoring = reranker.score("a red cat", long, NEVER);
  process.kill(reranker.pid!, "SIGKILL");
  await expect(scoring).rejects.toMatchObject({ code: "RERANK_FAILED" });
  expect(await reranker.score("a red cat", texts("a"), NEVER)).toHaveLength(1);
  await reranker.close();
});

it("ends a process that hangs", async () => {
  const files = await resolveReranker(rerankerRequest(rerankerFolder("bert")));
  const options = { files, device: "cpu", threads: null, startTimeoutMs: 60_000, log: silent } as const;
  const reranker = await startOnnxReranker({ ...options, deadlineMs: 2_000 });
  const { pid } = reranker;
  process.kill(pid!, "SIGSTOP");
  await expect(reranker.score("a", texts("b"), NEVER)).rejects.toMatchObject({ code: "RERANK_FAILED" });
  expect(await reranker.score("a", texts("b"), NEVER)).toHaveLength(1);
  expect(reranker.pid).not.toBe(pid);
  await reranker.close();
});
