// Before Transformers.js, which would load it.
import "../onnx/sharp-when-used";
import { basename, dirname } from "node:path";
import { env } from "../onnx/transformers";
import { serveRequests } from "../processes/serve-requests";
import { stepBack } from "../processes/step-back";
import type { RerankerInit, ScoreReply, ScoreRequest } from "./reranker-messages";
import { loadRerankerModel } from "./reranker-model";
import { selfTest } from "./reranker-self-test";

// Everything that is loaded lies in the model folder; nothing is ever fetched from here.
env.allowRemoteModels = false;
env.allowLocalModels = true;

// What it is busy with may come to be late; requests that need no reranker go before.
stepBack();

serveRequests<RerankerInit, null, ScoreRequest, ScoreReply>(async (init) => {
  env.localModelPath = dirname(init.folder);
  const score = await loadRerankerModel(basename(init.folder), init);
  await selfTest(score, init);
  return { ready: null, handle: async ({ query, texts }) => ({ logits: await score(query, texts) }) };
});
