import type { Log } from "../log";
import type { ModelDevice } from "../onnx/model-device";
import type { RerankContent, Reranker } from "../ports/reranker";
import { childEntry } from "../processes/child-entry";
import { startWorker, type Worker } from "../processes/supervised-worker";
import { cutText } from "./cut-text";
import { rerankFailed } from "./rerank-failed";
import type { RerankerFiles } from "./reranker-files";
import type { RerankerInit, ScoreReply, ScoreRequest } from "./reranker-messages";

export interface OnnxRerankerOptions {
  readonly files: RerankerFiles;
  readonly device: ModelDevice;
  /** Null: as many as there are cores. */
  readonly threads: number | null;
  readonly startTimeoutMs: number;
  /** For some texts; a process that takes longer is ended. */
  readonly deadlineMs: number;
  readonly log: Log;
}

/** So few at once that searches take turns, and that one which nobody waits for any more is soon over. */
const TEXTS_A_CALL = 16;
const CHARACTERS_A_CALL = 8_192;

/**
 * A cross-encoder, run by ONNX Runtime in a process of its own. Its scores are 0 to 1: the logistic function of its logits. Throws
 * INVALID_MODEL when the files do not make a working one.
 */
export async function startOnnxReranker(
  options: OnnxRerankerOptions,
): Promise<Reranker & { readonly pid: number | null }> {
  const { files, device, threads, log, startTimeoutMs, deadlineMs } = options;
  const { folder, dtype, maxTokens } = files;
  const worker = await startWorker<RerankerInit, null, ScoreRequest, ScoreReply>({
    name: "reranker",
    entry: childEntry("rerankers/onnx-reranker-process"),
    init: { folder, dtype, device, threads, maxTokens },
    startTimeoutMs,
    deadlineMs,
    restartBudget: { restarts: 10, perMs: 60_000 },
    log,
  });
  return new OnnxReranker(files.name, worker, maxTokens);
}

class OnnxReranker implements Reranker {
  readonly takesPictures = false;

  constructor(
    readonly name: string,
    private readonly worker: Worker<null, ScoreRequest, ScoreReply>,
    private readonly maxTokens: number,
  ) {}

  /** Of the model's process; null while it is being restarted. */
  get pid(): number | null {
    return this.worker.pid;
  }

  /** Shortest first, so that little of the work is padding. */
  async score(asked: string, documents: readonly RerankContent[], signal: AbortSignal): Promise<number[]> {
    const query = cutText(asked, this.maxTokens);
    const sorted = documents
      .map((document, place) => ({ text: cutText(wordsOf(document), this.maxTokens), place }))
      .toSorted((a, b) => a.text.length - b.text.length);
    const scores: number[] = Array.from({ length: documents.length });
    for (const part of partsOf(sorted)) {
      signal.throwIfAborted();
      const logits = await this.#call({ query, texts: part.map(({ text }) => text) });
      part.forEach(({ place }, i) => (scores[place] = logistic(logits[i]!)));
    }
    signal.throwIfAborted();
    if (!scores.every(Number.isFinite)) throw rerankFailed("gave numbers for these texts that are no scores");
    return scores;
  }

  close(): Promise<void> {
    return this.worker.close();
  }

  async #call(request: ScoreRequest): Promise<readonly number[]> {
    try {
      return (await this.worker.call(request)).logits;
    } catch (thrown) {
      throw rerankFailed("could not read these texts: its process died, or is being started again", thrown);
    }
  }
}

/** In their order, each of bounded length; a text that is longer is a part of its own. */
function partsOf<T extends { readonly text: string }>(texts: readonly T[]): T[][] {
  const parts: T[][] = [];
  let characters = 0;
  for (const one of texts) {
    const part = parts.at(-1);
    characters += one.text.length;
    if (part && part.length < TEXTS_A_CALL && characters <= CHARACTERS_A_CALL) {
      part.push(one);
      continue;
    }
    parts.push([one]);
    characters = one.text.length;
  }
  return parts;
}

function wordsOf(document: RerankContent): string {
  if (document.kind === "text") return document.text;
  throw new TypeError("This reranker takes no pictures");
}

const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));
