import type { Dispatcher } from "undici";
import { AppError } from "../errors";

/** A response's whole body. Throws FETCH_FAILED unless it is a 200 and no web page, TOO_LARGE past `maxBytes`. */
export async function readBody(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Uint8Array> {
  const problem = problemOf(statusCode, headers, maxBytes);
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

function problemOf(statusCode: number, headers: Dispatcher.ResponseData["headers"], maxBytes: number): AppError | null {
  if (statusCode !== 200) {
    return new AppError("FETCH_FAILED", `The URL answered with status ${statusCode} instead of a picture.`);
  }
  if (
    String(headers["content-type"] ?? "")
      .toLowerCase()
      .startsWith("text/html")
  ) {
    return new AppError(
      "FETCH_FAILED",
      "The URL leads to a web page, not to a picture. Give the picture's own address.",
    );
  }
  return Number(headers["content-length"] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError("TOO_LARGE", `The URL's picture has more than ${maxBytes} bytes. Scale it down.`);
