import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { RequestHandler } from "express";

// From src/http and from dist/http alike.
const FILE = join(__dirname, "../../dist/http/graphiql.html.gz");

/** GraphiQL as one page that needs no internet; nothing where set-up has not built it. */
export const explorerRoute: RequestHandler = async (request, response, next) => {
  // 2 MB, 9 unpacked: for who opens it.
  const gzipped = await readFile(FILE).catch(() => null);
  if (gzipped === null) return next();
  response.type("html").setHeader("Vary", "Accept-Encoding");
  if (request.acceptsEncodings("gzip") === false) return void response.send(gunzipSync(gzipped));
  response.setHeader("Content-Encoding", "gzip");
  response.send(gzipped);
};
