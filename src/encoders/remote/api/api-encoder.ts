import { AppError, failed, succeeded, toAppError, type Outcome } from "../../../errors";
import { inParallel } from "../../../in-parallel";
import {
  picturesUnsupported,
  type Embedding,
  type Encoder,
  type EncodingRole,
  type Fingerprint,
  type PictureShape,
  type Pixels,
} from "../../../ports/encoder";
import type { TimeBudget } from "../../../retries/time-budget";
import { estimateTokens } from "../../estimate-tokens";
import { narrowedBatch } from "../narrowed-batch";
import type { ApiCalls } from "./api-calls";
import type { ApiInputs } from "./api-dialect";
import { pngOfSquare } from "./png-of-square";
import { shorterText } from "./shorter-text";

export interface ApiEncoderParts {
  readonly calls: ApiCalls;
  readonly fingerprint: Fingerprint;
  /** Null: the API takes texts only. */
  readonly picture: PictureShape | null;
  /** Put before queries; "" for none. */
  readonly queryPrefix: string;
}

const PARTS_AT_ONCE = 4;
/** An answer so young shows well enough that the API answers: asking costs money. */
const PING_EVERY_MS = 60_000;

/** A model behind an API: texts as they are, pictures as PNG files of their prepared pixels. */
export class ApiEncoder implements Encoder {
  readonly fingerprint: Fingerprint;
  readonly picture: PictureShape | null;
  /** No API tells; what is too long is found out when it is refused. */
  readonly textWindow = null;
  #answeredMs = performance.now();

  constructor(private readonly parts: ApiEncoderParts) {
    this.fingerprint = parts.fingerprint;
    this.picture = parts.picture;
  }

  get dimension(): number {
    return this.fingerprint.dimension;
  }

  /** Shortest first, so that those that may be too long are halved off together. */
  async encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const prefix = role === "query" ? this.parts.queryPrefix : "";
    const sorted = texts
      .map((text, place) => ({ text: prefix + text, place }))
      .toSorted((a, b) => a.text.length - b.text.length);
    const inputs = sorted.map(({ text }) => text);
    const encoded = await this.#encode("texts", inputs, role);
    const outcomes: Outcome<Embedding>[] = Array.from({ length: texts.length });
    sorted.forEach(({ place }, i) => (outcomes[place] = encoded[i]!));
    return outcomes;
  }

  async encodeImages(images: readonly Pixels[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    if (this.picture === null) return images.map(() => failed(picturesUnsupported(this)));
    return this.#encode("pictures", await Promise.all(images.map(pngOfSquare)), role);
  }

  async countTokens(texts: readonly string[]): Promise<number[]> {
    return texts.map(estimateTokens);
  }

  async ping(): Promise<void> {
    if (performance.now() - this.#answeredMs > PING_EVERY_MS)
      await this.#embed({ kind: "texts", inputs: ["ping"] }, this.parts.calls.budget("query"));
  }

  close(): Promise<void> {
    return this.parts.calls.close();
  }

  async #encode(kind: ApiInputs["kind"], inputs: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const most = this.parts.calls.dialect.most[kind];
    const starts = Array.from({ length: Math.ceil(inputs.length / most) }, (_, i) => i * most);
    const outcomes = await inParallel(starts, PARTS_AT_ONCE, (start) =>
      this.#encodePart(kind, inputs.slice(start, start + most), this.parts.calls.budget(role)),
    );
    return outcomes.flat();
  }

  #encodePart(kind: ApiInputs["kind"], part: readonly string[], budget: TimeBudget): Promise<Outcome<Embedding>[]> {
    const run = async (inputs: readonly string[]) =>
      (await this.#embed({ kind, inputs }, budget)).map((vector) =>
        vector === null ? failed(noVector()) : succeeded({ vector, truncated: false }),
      );
    const shorter = async (text: string) => (await run([text]))[0]!;
    return narrowedBatch(part, run, async (input, { failure, isForLength }) => {
      const cut = kind === "texts" && isForLength ? await shorterText(input, shorter).catch(failedAs) : null;
      return cut ?? failed(failure);
    });
  }

  async #embed(asked: ApiInputs, budget: TimeBudget): Promise<(Float32Array | null)[]> {
    const vectors = await this.parts.calls.embed({ ...asked, budget, dimension: this.dimension, isOurOwn: false });
    this.#answeredMs = performance.now();
    return vectors;
  }
}

/** Only what is closed throws. */
function failedAs(thrown: unknown): Outcome<never> {
  if (thrown instanceof AppError && thrown.code === "SHUTTING_DOWN") throw thrown;
  return failed(
    toAppError(thrown, "ENCODER_FAILED", "The remote encoder gave no vector for this item. Try again later."),
  );
}

const noVector = (): AppError =>
  new AppError("ENCODER_FAILED", "The remote encoder gave numbers for this item that are no vector. Try again later.");
