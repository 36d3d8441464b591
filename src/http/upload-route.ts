import type { Request, RequestHandler, Response } from "express";
import { AppError } from "../errors";
import type { Upload } from "../ports/ledger";
import type { Uploads } from "../ingestion/uploads/uploads";
import { sendError } from "./send-error";
import { piecesOf, type Patience } from "./request-pieces";
import { parseUploadPath } from "./upload-path";

/** How long a refused client may go on sending, so that it gets to read why. */
const LINGER_MS = 5_000;

/** `PUT` of an upload's bytes at the URL that `createUpload` gave; answers 200 also when the same bytes come again. */
export function uploadRoute(uploads: Uploads, patience: Patience): RequestHandler {
  return async (request, response) => {
    response.once("finish", () => endSoon(request));
    // Whoever asks first is not told to go on before all is checked that can be.
    const asksFirst = request.headers.expect?.toLowerCase() === "100-continue";
    const refuse = (status: number, error: AppError) => {
      if (asksFirst) response.setHeader("Connection", "close");
      sendError(response, error, status);
    };
    if (request.method !== "PUT") {
      response.setHeader("Allow", "PUT, OPTIONS");
      return refuse(405, invalid("This URL takes a PUT with the file's bytes."));
    }
    const upload = await admit(uploads, request).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== "INVALID_UPLOAD") throw error;
      refuse(403, error);
    });
    if (!upload) return;
    const problem = problemOf(request, upload);
    if (problem !== null) return refuse(...problem);
    if (asksFirst) response.writeContinue();
    await receive(uploads, upload, piecesOf(request, patience), response);
  };
}

function admit(uploads: Uploads, request: Request): Promise<Upload> {
  const link = parseUploadPath(request.originalUrl);
  if (link !== null) return uploads.admit(link);
  return Promise.reject(invalid("This is not the whole URL of an upload. Use the URL as `createUpload` gave it."));
}

/** What browsers call a file of a kind that they do not know, HEIC for one. */
const UNNAMED = "application/octet-stream";

/** What the headers show to be wrong, with its status. */
function problemOf({ headers }: Request, { mediaType, bytes }: Upload): [number, AppError] | null {
  const given = (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (given !== mediaType && given !== UNNAMED) {
    return [415, invalid(`The upload was announced as ${mediaType}. Send it with this Content-Type.`)];
  }
  if (headers["content-length"] === undefined) return null;
  const length = Number(headers["content-length"]);
  if (length < bytes) return [400, invalid(`${bytes} bytes were announced, Content-Length says ${length}.`)];
  if (length === bytes) return null;
  return [413, new AppError("TOO_LARGE", `${bytes} bytes were announced, Content-Length says ${length}.`)];
}

async function receive(
  uploads: Uploads,
  upload: Upload,
  source: AsyncIterable<Uint8Array>,
  response: Response,
): Promise<void> {
  const { id, mediaType, bytes } = upload;
  if ((await uploads.receive(upload, source)) === "stored") response.json({ id, mediaType, bytes });
  else sendError(response, invalid("Other bytes are stored already. Call `createUpload` for these."), 409);
}

function endSoon(request: Request): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once("close", () => clearTimeout(timer));
}

const invalid = (message: string): AppError => new AppError("INVALID_UPLOAD", message);
