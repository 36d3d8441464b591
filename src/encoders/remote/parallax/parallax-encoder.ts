import { AppError, failed, type Outcome } from "../../../errors";
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
import type { RemoteCalls } from "../remote-calls";
import { RemoteWords } from "../remote-failure";
import { modelKey, type EmbedRequest, type EncoderDescription, type TokensRequest } from "./encoder-messages";
import { writeFrame } from "./frame";
import { readDescription } from "./read-description";
import { readEmbedAnswer } from "./read-embed-answer";
import { MOST_ITEMS } from "./read-embed-request";
import { readTokens } from "./read-tokens";

/** Of a server that serves another model than the one that is asked for. */
const CONFLICT = 409;
const MAX_DESCRIPTION_BYTES = 65_536;
/** Of a header for each item: its failure in words, at most. */
const BYTES_AN_OUTCOME = 4_096;

type Content =
  | { readonly kind: "texts"; readonly texts: readonly string[] }
  | { readonly kind: "images"; readonly images: readonly Pixels[]; readonly side: number };

interface Asking {
  readonly count: number;
  readonly role: EncodingRole;
  /** What is left for the batch that it is of. */
  readonly budget: TimeBudget;
}

/** The model of another Parallax server: the same vectors to the bit, under the same fingerprint. */
export class ParallaxEncoder implements Encoder {
  readonly fingerprint: Fingerprint;
  readonly picture: PictureShape | null;
  readonly textWindow: number | null;

  constructor(
    private readonly calls: RemoteCalls,
    /** Without a slash at the end. */
    private readonly url: URL,
    description: EncoderDescription,
  ) {
    this.fingerprint = description.fingerprint;
    this.picture = description.picture;
    this.textWindow = description.textWindow;
  }

  get dimension(): number {
    return this.fingerprint.dimension;
  }

  encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    return this.#encode(texts, role, (part) => ({ kind: "texts", texts: part }));
  }

  async encodeImages(images: readonly Pixels[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const { picture } = this;
    if (picture === null) return images.map(() => failed(picturesUnsupported(this)));
    return this.#encode(images, role, (part) => ({ kind: "images", images: part, side: picture.side }));
  }

  async countTokens(texts: readonly string[]): Promise<number[]> {
    if (this.textWindow === null) return texts.map(estimateTokens);
    const budget = this.calls.budget("document");
    const tokens: number[] = [];
    for (let at = 0; at < texts.length; at += MOST_ITEMS) {
      tokens.push(...(await this.#count(texts.slice(at, at + MOST_ITEMS), budget)));
    }
    return tokens;
  }

  /** Throws ENCODER_UNAVAILABLE also when another model is served there by now. */
  async ping(): Promise<void> {
    const { fingerprint } = await describeEncoder(this.calls, this.url, this.calls.budget("query"));
    if (modelKey(fingerprint) !== modelKey(this.fingerprint)) throw anotherModel();
  }

  close(): Promise<void> {
    return this.calls.close();
  }

  #count(texts: readonly string[], budget: TimeBudget): Promise<readonly number[]> {
    const request: TokensRequest = { model: modelKey(this.fingerprint), texts };
    const maxBytes = MAX_DESCRIPTION_BYTES;
    const post = { method: "POST", url: at(this.url, "/tokens"), maxBytes, mayBeQuoted: false } as const;
    const body = { contentType: "application/octet-stream", body: writeFrame(request, []) };
    return this.calls.ask({ ...post, ...body }, (answer) => readTokens(answer, texts.length), budget).catch(explained);
  }

  #encode<T>(
    items: readonly T[],
    role: EncodingRole,
    content: (part: readonly T[]) => Content,
  ): Promise<Outcome<Embedding>[]> {
    const budget = this.calls.budget(role);
    const run = (part: readonly T[]) => this.#embed(content(part), { count: part.length, role, budget });
    return narrowedBatch(items, run, async (_, { failure }) => failed(failure));
  }

  async #embed(content: Content, { count, role, budget }: Asking): Promise<Outcome<Embedding>[]> {
    const asked = { model: modelKey(this.fingerprint), role };
    const request: EmbedRequest =
      content.kind === "texts" ? { ...asked, ...content } : { ...asked, kind: "images", count, side: content.side };
    const pictures = content.kind === "texts" ? [] : content.images.map(({ rgb }) => rgb);
    const answer = this.calls.ask(
      {
        method: "POST",
        url: at(this.url, "/embed"),
        contentType: "application/octet-stream",
        body: writeFrame(request, pictures),
        maxBytes: MAX_DESCRIPTION_BYTES + count * (BYTES_AN_OUTCOME + 4 * this.dimension),
        mayBeQuoted: false,
      },
      (body) => readEmbedAnswer(body, count, this.dimension),
      budget,
    );
    return answer.catch(explained);
  }
}

/** What a server says of its model, within what is left of the time. Throws BatchRefused for what is no description. */
export const describeEncoder = (calls: RemoteCalls, url: URL, budget: TimeBudget): Promise<EncoderDescription> =>
  calls.ask(
    { method: "GET", url, contentType: null, body: null, maxBytes: MAX_DESCRIPTION_BYTES, mayBeQuoted: true },
    readDescription,
    budget,
  );

function at(url: URL, path: string): URL {
  const there = new URL(url);
  there.pathname += path;
  return there;
}

function explained(thrown: unknown): never {
  throw isConflict(thrown) ? anotherModel() : thrown;
}

const isConflict = (thrown: unknown): boolean =>
  thrown instanceof AppError && thrown.cause instanceof RemoteWords && thrown.cause.status === CONFLICT;

const anotherModel = (): AppError =>
  new AppError(
    "ENCODER_UNAVAILABLE",
    "The server at MODEL serves another model than when this server started. Bring that model back there, or start this server again.",
  );
