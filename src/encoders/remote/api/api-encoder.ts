import { AppError, failed, succeeded, toAppError, type Outcome } from "../../../errors";
import { inParallel } from "../../../in-parallel";
import type { Embedding, Encoder, EncodingRole, Fingerprint, Pixels } from "../../../ports/encoder";
import { narrowedBatch } from "../narrowed-batch";
import type { ApiCalls } from "./api-calls";
import type { ApiInputs } from "./api-dialect";
import { pngOfSquare } from "./png-of-square";
import { shorterText } from "./shorter-text";

export interface ApiEncoderParts {
  readonly calls: ApiCalls;
  readonly fingerprint: Fingerprint;
  readonly imageSide: number;
  /** Put before queries; "" for none. */
  readonly queryPrefix: string;
}

const PARTS_AT_ONCE = 4;
/** An answer so young shows well enough that the API answers: asking costs money. */
const PING_EVERY_MS = 60_000;

/** A model behind an API: texts as they are, pictures as PNG files of their prepared pixels. */
export class ApiEncoder implements Encoder {
  readonly fingerprint: Fingerprint;
  readonly imageSide: number;
  #answeredMs = performance.now();

  constructor(private readonly parts: ApiEncoderParts) {
    this.fingerprint = parts.fingerprint;
    this.imageSide = parts.imageSide;
  }

  get dimension(): number {
    return this.fingerprint.dimension;
  }

  encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const prefix = role === "query" ? this.parts.queryPrefix : "";
    return this.#encode(
      "texts",
      texts.map((text) => prefix + text),
      role,
    );
  }

  async encodeImages(images: readonly Pixels[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    if (this.parts.calls.dialect.most.pictures === 0) return images.map(() => failed(noPictures()));
    return this.#encode("pictures", await Promise.all(images.map(pngOfSquare)), role);
  }

  async ping(): Promise<void> {
    if (performance.now() - this.#answeredMs > PING_EVERY_MS)
      await this.#embed({ kind: "texts", inputs: ["ping"] }, "query");
  }

  close(): Promise<void> {
    return this.parts.calls.close();
  }

  async #encode(kind: ApiInputs["kind"], inputs: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const most = this.parts.calls.dialect.most[kind];
    const starts = Array.from({ length: Math.ceil(inputs.length / most) }, (_, i) => i * most);
    const run = async (part: readonly string[]) =>
      (await this.#embed({ kind, inputs: part }, role)).map((vector) =>
        vector === null ? failed(noVector()) : succeeded({ vector, truncated: false }),
      );
    const shorter = async (text: string) => (await this.#embed({ kind, inputs: [text] }, role))[0]!;
    const outcomes = await inParallel(starts, PARTS_AT_ONCE, (start) =>
      narrowedBatch(inputs.slice(start, start + most), run, async (input, { failure, mayPass }) => {
        const cut = kind === "texts" && !mayPass ? await shorterText(input, shorter).catch(failedAs) : null;
        return cut ?? failed(failure);
      }),
    );
    return outcomes.flat();
  }

  async #embed(asked: ApiInputs, role: EncodingRole): Promise<(Float32Array | null)[]> {
    const vectors = await this.parts.calls.embed({ ...asked, role, dimension: this.dimension, isOurOwn: false });
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

const noPictures = (): AppError =>
  new AppError(
    "MODALITY_UNSUPPORTED",
    "The model takes texts only, no pictures. Store and search texts, or have the operator set MODEL_PROTOCOL to a way in which it takes pictures.",
  );
