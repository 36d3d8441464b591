import type { Dispatcher } from "undici";
import { AppError } from "../../errors";
import { HEAD_BYTES, sniff } from "../../documents/sniff";
import { TryAgain } from "./fetch-failure";
import { retryAfterMs } from "../../retry-after";

type Headers = Dispatcher.ResponseData["headers"];

const WORTH_TRYING_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * A response's whole body. Throws FETCH_FAILED unless it is a 200 that begins as no web page and nothing compressed
 * begins, TOO_LARGE past `maxBytes`, TryAgain for a status that passes. Headers do not decide what it is: hosts get them
 * wrong. What is refused is read no further than it takes to tell.
 */
export async function readBody(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Uint8Array> {
  const problem = statusCode === 200 ? sizeProblem(headers, maxBytes) : statusProblem(statusCode, headers);
  if (problem !== null) {
    body.on("error", () => undefined).destroy();
    throw problem;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isKnown = false;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
    if (!isKnown && bytes >= HEAD_BYTES) {
      isKnown = true;
      checkHead(Buffer.concat(chunks), headers);
    }
  }
  const whole = new Uint8Array(Buffer.concat(chunks));
  if (!isKnown) checkHead(whole, headers);
  return whole;
}

function statusProblem(statusCode: number, headers: Headers): AppError | TryAgain {
  const again = WORTH_TRYING_AGAIN.has(statusCode);
  const waitMs = again ? retryAfterMs(headers["retry-after"], Date.now()) : null;
  const asks = waitMs === null ? "" : ` Its host asks to wait ${Math.ceil(waitMs / 1_000)} s.`;
  const failure = new AppError(
    "FETCH_FAILED",
    `The URL answered with status ${statusCode} instead of a picture.${asks}`,
    {
      retryable: again || statusCode >= 500,
    },
  );
  return again ? new TryAgain(failure, waitMs) : failure;
}

const sizeProblem = (headers: Headers, maxBytes: number): AppError | null =>
  Number(headers["content-length"] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;

/** Throws FETCH_FAILED for what begins as no picture does and has a cause in how it was fetched; the rest is the decoder's. */
function checkHead(head: Uint8Array, headers: Headers): void {
  const sniffed = sniff(head);
  if ("format" in sniffed) return;
  const { looksLike } = sniffed;
  const valueOf = (name: string): string =>
    String(headers[name] ?? "")
      .trim()
      .toLowerCase();
  const isMarkup = ["plain text", "XML"].includes(looksLike) && valueOf("content-type").startsWith("text/html");
  if (looksLike === "a web page" || isMarkup) {
    throw unusable("The URL leads to a web page, not to a picture. Give the picture's own address.");
  }
  // A few compressed bytes may stand for gigabytes: they are not unpacked.
  if (looksLike === "gzip" || !["", "identity"].includes(valueOf("content-encoding"))) {
    throw unusable(
      "The URL's answer is compressed or packed in chunks, which this server asks not to be. Give the plain picture's address.",
    );
  }
}

const unusable = (message: string): AppError => new AppError("FETCH_FAILED", message, { retryable: false });

const tooLarge = (maxBytes: number): AppError =>
  new AppError("TOO_LARGE", `The URL's picture has more than ${maxBytes} bytes. Scale it down.`);
