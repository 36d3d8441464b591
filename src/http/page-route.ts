import type { RequestHandler, Response } from "express";
import { readPageFiles, type PageFile } from "./page-files";

/** Files under this path have a hash of their content in their names. */
const HASHED = "assets/";
const INDEX = "index.html";

/**
 * Serves the search page at / and its files beside it; without a built page, / leads to GraphQL. `ownOrigin`: where
 * pictures and uploads are, which may not be where the page was opened. `takesPictures`: whether the model does.
 */
export async function pageRoute(ownOrigin: () => string, takesPictures: boolean): Promise<RequestHandler> {
  const files = await readPageFiles(takesPictures);
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const name = request.path === "/" ? INDEX : request.path.slice(1);
    const file = files.get(name);
    if (file === undefined && name === INDEX) return response.redirect(302, "/graphql");
    if (file === undefined) return next();
    response.setHeader("Content-Type", file.mediaType);
    response.setHeader("Cache-Control", name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    response.setHeader("Content-Security-Policy", policy(ownOrigin()));
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    sendSmallest(request.acceptsEncodings("gzip") !== false, file, response);
  };
}

/** The page runs its own scripts and speaks with its own server, and that is all. */
const policy = (ownOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${ownOrigin} data: blob:`,
    `connect-src 'self' ${ownOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

function sendSmallest(takesGzip: boolean, { bytes, gzipped }: PageFile, response: Response): void {
  response.setHeader("Vary", "Accept-Encoding");
  if (!takesGzip || gzipped.length >= bytes.length) return void response.send(bytes);
  response.setHeader("Content-Encoding", "gzip");
  response.send(gzipped);
}
