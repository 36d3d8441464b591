// Before Transformers.js, which would load it.
import "../onnx/sharp-when-used";
import { basename, dirname } from "node:path";
import { env } from "../onnx/transformers";
import { serveRequests } from "../processes/serve-requests";
import { stepBack } from "../processes/step-back";
import type { EncoderInit, EncoderReady, EncoderReply, EncoderRequest } from "./encoder-messages";
import { loadOnnxModel } from "./onnx-model";
import { selfTest } from "./self-test";

// Everything that is loaded lies in the model folder; nothing is ever fetched from here.
env.allowRemoteModels = false;
env.allowLocalModels = true;

// Documents keep it busy for as long as there are any; requests that it has answered go before.
stepBack();

serveRequests<EncoderInit, EncoderReady, EncoderRequest, EncoderReply>(async (init) => {
  env.localModelPath = dirname(init.folder);
  const model = await loadOnnxModel(basename(init.folder), init);
  await selfTest(model, init);
  return {
    ready: { textWindow: model.textWindow },
    handle: async (request) => {
      if (request.kind === "tokens") return { tokens: model.countTokens(request.texts) };
      return request.kind === "texts" ? model.encodeTexts(request.texts) : model.encodeImages(request.images);
    },
  };
});
