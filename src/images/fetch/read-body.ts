import type { Dispatcher } from "undici";
import { AppError } from "../../errors";
import { TryAgain } from "./fetch-failure";
import { retryAfterMs } from "./retry-after";

type Headers = Dispatcher.ResponseData["headers"];

const WORTH_TRYING_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * A response's whole body. Throws FETCH_FAILED unless it is a 200, uncompressed and no web page, TOO_LARGE past
 * `maxBytes`, TryAgain for a status that passes. What is refused is not read.
 */
export async function readBody(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Uint8Array> {
  const problem = statusCode === 200 ? problemOf(headers, maxBytes) : statusProblem(statusCode, headers);
  if (problem !== null) {
    body.on("error", () => undefined).destroy();
    throw problem;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
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

function problemOf(headers: Headers, maxBytes: number): AppError | null {
  const valueOf = (name: string): string => String(headers[name] ?? "").toLowerCase();
  // A few compressed bytes may stand for gigabytes.
  if (!["", "identity"].includes(valueOf("content-encoding"))) {
    return unusable(
      "The URL's answer is compressed, which this server asks not to be. Give the plain picture's address.",
    );
  }
  if (valueOf("content-type").startsWith("text/html")) {
    return unusable("The URL leads to a web page, not to a picture. Give the picture's own address.");
  }
  return Number(headers["content-length"] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

const unusable = (message: string): AppError => new AppError("FETCH_FAILED", message, { retryable: false });

const tooLarge = (maxBytes: number): AppError =>
  new AppError("TOO_LARGE", `The URL's picture has more than ${maxBytes} bytes. Scale it down.`);
