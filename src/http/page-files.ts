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

/** What tells the page that the server's model takes texts only, before it has asked anything. */
const HTML = '<html lang="en">';
const HTML_OF_TEXTS = '<html lang="en" data-takes="texts">';

/** The built search page by path ("index.html", "assets/…"), as it is for this model; empty where it was not built. */
export async function readPageFiles(takesPictures: boolean): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readPageFile(entry, takesPictures)),
  );
  return new Map(files);
}

async function readPageFile(
  entry: { parentPath: string; name: string },
  takesPictures: boolean,
): Promise<[string, PageFile]> {
  const path = join(entry.parentPath, entry.name);
  const built = await readFile(path);
  const isForTexts = extname(path) === ".html" && !takesPictures;
  const bytes = isForTexts ? Buffer.from(built.toString("utf8").replace(HTML, HTML_OF_TEXTS)) : built;
  const mediaType = MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
  const name = path.slice(FOLDER.length + 1).replaceAll("\\", "/");
  return [name, { mediaType, bytes, gzipped: gzipSync(bytes, { level: 9 }) }];
}
