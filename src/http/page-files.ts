import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A file of the search page, ready to be sent. */
export interface PageFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
}

// From src/graphql and from dist/graphql alike.
const FOLDER = join(__dirname, "../../dist/web");

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The built search page by path ("index.html", "assets/…"); empty where it was not built. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readPageFile(entry)));
  return new Map(files);
}

async function readPageFile(entry: { parentPath: string; name: string }): Promise<[string, PageFile]> {
  const path = join(entry.parentPath, entry.name);
  const bytes = await readFile(path);
  const mediaType = MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
  const name = path.slice(FOLDER.length + 1).replaceAll("\\", "/");
  return [name, { mediaType, bytes, gzipped: gzipSync(bytes, { level: 9 }) }];
}
