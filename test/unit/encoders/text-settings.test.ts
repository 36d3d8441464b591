import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODEL_LAYOUTS } from "../../../src/encoders/model-layout";
import { readTextSettings, type TextSettings } from "../../../src/encoders/text-settings";

const BERT = MODEL_LAYOUTS.find(({ modelTypes }) => modelTypes.includes("bert"))!;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "text-settings-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function read(files: Record<string, unknown>, config: Record<string, unknown> = {}): Promise<TextSettings> {
  mkdirSync(join(folder, "1_Pooling"), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return readTextSettings(folder, BERT, config, Object.keys(files));
}

const POOLING = "1_Pooling/config.json";
const PROMPTS = "config_sentence_transformers.json";

it.each([
  [{ pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }, "cls"],
  [{ pooling_mode_cls_token: false, pooling_mode_mean_tokens: true }, "mean"],
  [{ pooling_mode_max_tokens: true }, "max"],
  [{ pooling_mode_lasttoken: true }, "last"],
  [{ pooling_mode_mean_sqrt_len_tokens: true }, "mean"],
  [{ pooling_mode: "cls" }, "cls"],
  [{ pooling_mode: ["lasttoken"] }, "last"],
  [{}, "mean"],
])("pools as %j says: %s", async (file, pooling) => {
  expect((await read({ [POOLING]: file })).pooling).toBe(pooling);
});

it("pools as config.json says where nothing else does, and by the mean where nothing says anything", async () => {
  expect((await read({}, { emb_pooler: "cls" })).pooling).toBe("cls");
  expect((await read({}, { emb_pooler: "mean" })).pooling).toBe("mean");
  expect((await read({})).pooling).toBe("mean");
});

it.each([
  { pooling_mode_cls_token: true, pooling_mode_mean_tokens: true },
  { pooling_mode: ["mean", "max"] },
  { pooling_mode_weightedmean_tokens: true },
  { pooling_mode: "constructor" },
  { pooling_mode: "mean", include_prompt: false },
])("refuses a pooling that it does not do: %j", async (file) => {
  const refusal = { code: "INVALID_MODEL", message: expect.stringContaining(POOLING) };
  await expect(read({ [POOLING]: file })).rejects.toMatchObject(refusal);
});

it.each([
  [{ query: "query: ", passage: "passage: " }, null, { query: "query: ", document: "passage: " }],
  [{ query: "find: ", document: "title: none | text: " }, null, { query: "find: ", document: "title: none | text: " }],
  [{ query: "Instruct: ", document: "" }, "query", { query: "Instruct: ", document: "" }],
  [{ query: "query: ", document: "", passage: "passage: " }, null, { query: "query: ", document: "passage: " }],
  [{ all: "about: " }, "all", { query: "about: ", document: "about: " }],
  [{ query: 7 }, "constructor", { query: "", document: "" }],
  [undefined, undefined, { query: "", document: "" }],
])("puts the prompts %j (default %j) before texts", async (prompts, name, prefixes) => {
  expect((await read({ [PROMPTS]: { prompts, default_prompt_name: name } })).prefixes).toEqual(prefixes);
});

it("reads how many tokens and which letters the model was used with", async () => {
  const file = { max_seq_length: 256, do_lower_case: true };
  expect(await read({ "sentence_bert_config.json": file })).toMatchObject({ maxTokens: 256, lowerCase: true });
  expect(await read({})).toMatchObject({ maxTokens: null, lowerCase: false });
});
