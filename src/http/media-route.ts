import type { RequestHandler } from "express";
import type { Media } from "../ports/media-store";

/**
 * Pictures by content hash and their thumbnails: they never change, so browsers may keep them for ever, and nothing in
 * them may run.
 */
export function mediaRoute(readMedia: (path: string) => Promise<Media | null>): RequestHandler {
  return async (request, response) => {
    const media = await readMedia(request.path);
    if (media === null) {
      response.status(404).json({ errors: [{ message: "There is no such picture." }] });
      return;
    }
    const [, format] = media.mediaType.split("/");
    response.setHeader("Content-Type", media.mediaType);
    response.setHeader("Content-Disposition", `inline; filename="${media.etag}.${format}"`);
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("ETag", `"${media.etag}"`);
    if (isKnown(request.headers["if-none-match"], media.etag)) response.status(304).end();
    else response.send(Buffer.from(media.bytes));
  };
}

/** Not `request.fresh`, which has everything sent again that a reload asks for: what never changes need not be. */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? "").split(",").some((one) => ["*", `"${etag}"`, `W/"${etag}"`].includes(one.trim()));
