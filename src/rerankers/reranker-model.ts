import { AppError } from "../errors";
import { floatsOf, loadSession, notLoaded, type Run } from "../onnx/load-session";
import { groupByLength, tokenInputs } from "../onnx/token-inputs";
import { AutoTokenizer, Tensor } from "../onnx/transformers";
import { type PairRow, pairRows, type Tokenize } from "./pair-rows";
import type { RerankerInit } from "./reranker-messages";

/** Logits of pairs; NaN where the model gave no usable number. Throws INVALID_MODEL when it gives something else. */
export type ScorePairs = (query: string, texts: readonly string[]) => Promise<number[]>;

const SETTING = "RERANK";

/** Loads a cross-encoder from `env.localModelPath`/`name`. Throws INVALID_MODEL when a file does not load. */
export async function loadRerankerModel(name: string, init: RerankerInit): Promise<ScorePairs> {
  const { tokenize, padding } = await loadTokenizer(name, init);
  const run = await loadSession(name, { ...init, file: "model", runner: "AutoModel", setting: SETTING });
  return async (query, texts) => {
    const logits: number[] = Array.from({ length: texts.length });
    // Texts of like length run together.
    for (const group of groupByLength(pairRows(tokenize, query, texts, init.maxTokens), null)) {
      const found = await runPairs(run, group, padding, init);
      group.forEach(({ index }, i) => (logits[index] = found[i]!));
    }
    return logits;
  };
}

async function loadTokenizer(name: string, init: RerankerInit): Promise<{ tokenize: Tokenize; padding: bigint }> {
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true }).catch((cause: unknown) =>
    notLoaded({ ...init, setting: SETTING }, "tokenizer.json", cause),
  );
  const tokenize: Tokenize = (text, { pair, special }) => {
    const options = { padding: false, truncation: false, return_tensor: false, return_token_type_ids: true } as const;
    const found = tokenizer(text, { ...options, text_pair: pair, add_special_tokens: special });
    const { input_ids: ids, token_type_ids: types } = found as unknown as Record<string, number[]>;
    return { ids: ids!, types: types ?? ids!.map(() => 0) };
  };
  return { tokenize, padding: BigInt(tokenizer.pad_token_id ?? 0) };
}

async function runPairs(run: Run, rows: readonly PairRow[], padding: bigint, init: RerankerInit): Promise<number[]> {
  const inputs = { ...tokenInputs(rows, { padding, side: "right", length: null }), token_type_ids: typesOf(rows) };
  const outputs = await run(inputs);
  const logits = outputs["logits"];
  const { dims = [] } = logits ?? {};
  if (logits === undefined || dims[0] !== rows.length || (dims[1] ?? 1) !== 1) throw wrongOutput(init, outputs);
  const found = Array.from(floatsOf(logits));
  for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose();
  return found;
}

/** int64 [rows, length], 0 where it is filled up. Models without such an input are not given it. */
function typesOf(rows: readonly PairRow[]): Tensor {
  const width = Math.max(...rows.map(({ ids }) => ids.length));
  const data = new BigInt64Array(rows.length * width);
  rows.forEach(({ types }, row) => data.set(types.map(BigInt), row * width));
  return new Tensor("int64", data, [rows.length, width]);
}

function wrongOutput({ folder }: RerankerInit, outputs: Record<string, Tensor>): AppError {
  const given = Object.entries(outputs).map(([name, { dims }]) => `${name} [${dims.join(", ")}]`);
  return new AppError(
    "INVALID_MODEL",
    `The model in ${folder} is no cross-encoder: it gives ${given.join(", ")}, not logits with one number a pair. Set another RERANK_MODEL.`,
  );
}
