import { readFile } from "node:fs/promises";
import { AppError, type Outcome } from "../../../errors";
import type { Embedding, Encoder } from "../../../ports/encoder";
import type { Gone } from "../../../ports/gone";
import {
  modelKey,
  PROTOCOL_VERSION,
  type DescriptionAnswer,
  type EmbedOutcome,
  type TokensAnswer,
} from "./encoder-messages";
import { readEmbedRequest, readTokensRequest } from "./read-embed-request";
import { writeFrame } from "./frame";

/** This server's model for other Parallax servers: bytes in, bytes out, as encoder-messages.ts describes them. */
export class EncoderService {
  constructor(
    private readonly encoder: Encoder,
    /** Where the file lies that holds the model's calibration. */
    private readonly calibrationFile: () => Promise<string>,
  ) {}

  describe(): DescriptionAnswer {
    const { fingerprint, picture, textWindow } = this.encoder;
    return { version: PROTOCOL_VERSION, fingerprint, picture, textWindow };
  }

  /** A calibration.json. */
  async calibration(): Promise<Buffer> {
    return readFile(await this.calibrationFile());
  }

  /**
   * Throws BAD_USER_INPUT for what is no request, MODEL_MISMATCH for one that wants another model's vectors, and the reason of who
   * is `gone` before its turn.
   */
  async embed(body: Buffer, gone: Gone): Promise<Buffer> {
    const { model, role, items } = readEmbedRequest(body, this.encoder.picture);
    this.#check(model);
    const outcomes = await (items.kind === "texts"
      ? this.encoder.encodeTexts(items.texts, role, gone)
      : this.encoder.encodeImages(items.images, role, gone));
    const vectors = outcomes.flatMap((one) => (one.ok ? [bytesOf(one.value.vector)] : []));
    return writeFrame({ outcomes: outcomes.map(told) }, vectors);
  }

  /** Counts tokens; throws as `embed`. */
  async tokens(body: Buffer): Promise<TokensAnswer> {
    const { model, texts } = readTokensRequest(body);
    this.#check(model);
    return { tokens: await this.encoder.countTokens(texts) };
  }

  #check(model: string): void {
    if (model === modelKey(this.encoder.fingerprint)) return;
    throw new AppError("MODEL_MISMATCH", "This server serves another model than the one that is asked for.");
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function told(outcome: Outcome<Embedding>): EmbedOutcome {
  if (outcome.ok) return { truncated: outcome.value.truncated };
  const { code, message, retryable } = outcome.error;
  return { error: { code, message, retryable } };
}
