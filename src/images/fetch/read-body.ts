import type { Dispatcher } from "undici";
import type { FileKind } from "../../documents/file-kind";
import { AppError } from "../../errors";
import { HEAD_BYTES, sniff } from "../../documents/sniff";
import { PASSING_STATUSES } from "../../retries/passing-statuses";
import { retryAfterMs } from "../../retries/retry-after";
import { TryAgain } from "../../retries/try-again";

type Headers = Dispatcher.ResponseData["headers"];

/**
 * A response's whole body. Throws FETCH_FAILED unless it is a 200 that begins as no web page and nothing compressed
 * begins, TOO_LARGE past `maxBytes`, TryAgain for a status that passes. Headers do not decide what it is: hosts get them
 * wrong. What is refused is read no further than it takes to tell.
 */
export async function readBody(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  kind: FileKind,
  maxBytes: number,
): Promise<Uint8Array> {
  const problem = statusCode === 200 ? sizeProblem(headers, kind, maxBytes) : statusProblem(statusCode, kind, headers);
  if (problem !== null) {
    body.on("error", () => undefined).destroy();
    throw problem;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isKnown = false;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(kind, maxBytes);
    chunks.push(chunk);
    if (!isKnown && bytes >= HEAD_BYTES) {
      isKnown = true;
      checkHead(Buffer.concat(chunks), kind, headers);
    }
  }
  const whole = Buffer.concat(chunks, bytes);
  if (!isKnown) checkHead(whole, kind, headers);
  return whole;
}

function statusProblem(statusCode: number, kind: FileKind, headers: Headers): AppError | TryAgain {
  const again = PASSING_STATUSES.has(statusCode);
  const waitMs = again ? retryAfterMs(headers["retry-after"], Date.now()) : null;
  const asks = waitMs === null ? "" : ` Its host asks to wait ${Math.ceil(waitMs / 1_000)} s.`;
  const failure = new AppError(
    "FETCH_FAILED",
    `The URL answered with status ${statusCode} instead of a ${kind}.${asks}`,
    {
      retryable: again || statusCode >= 500,
    },
  );
  return again ? new TryAgain(failure, waitMs) : failure;
}

const sizeProblem = (headers: Headers, kind: FileKind, maxBytes: number): AppError | null =>
  Number(headers["content-length"] ?? 0) > maxBytes ? tooLarge(kind, maxBytes) : null;

/** Throws FETCH_FAILED for what begins as no such file does and has a cause in how it was fetched; the rest is the decoder's. */
function checkHead(head: Uint8Array, kind: FileKind, headers: Headers): void {
  const sniffed = sniff(head);
  if ("format" in sniffed) return;
  const { looksLike } = sniffed;
  const valueOf = (name: string): string =>
    String(headers[name] ?? "")
      .trim()
      .toLowerCase();
  const isMarkup = ["plain text", "XML"].includes(looksLike) && valueOf("content-type").startsWith("text/html");
  if (looksLike === "a web page" || isMarkup) {
    throw unusable(`The URL leads to a web page, not to a ${kind}. Give the ${kind}'s own address.`);
  }
  // A few compressed bytes may stand for gigabytes: they are not unpacked.
  if (looksLike === "gzip" || !["", "identity"].includes(valueOf("content-encoding"))) {
    throw unusable(
      `The URL's answer is compressed or packed in chunks, which this server asks not to be. Give the plain ${kind}'s address.`,
    );
  }
}

const unusable = (message: string): AppError => new AppError("FETCH_FAILED", message, { retryable: false });

const LESS: Readonly<Record<FileKind, string>> = {
  picture: "Scale it down.",
  PDF: "Split it, or raise MAX_PDF_BYTES.",
};

const tooLarge = (kind: FileKind, maxBytes: number): AppError =>
  new AppError("TOO_LARGE", `The URL's ${kind} has more than ${maxBytes} bytes. ${LESS[kind]}`);
