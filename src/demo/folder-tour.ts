import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { AppError } from "../errors";
import type { Ask } from "./graphql-client";
import { ingestImages } from "./ingest";
import { say } from "./terminal";
import type { TourReport } from "./tour";
import { firstPictureUrl, showImageSearch, showTextSearch, type Hit } from "./transcript";

const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|gif|avif|heic|heif)$/i;
const QUERIES = ["an animal", "people", "something red", "a landscape"];

/** Stores the pictures of a folder, each under its path, and searches them. Throws BAD_USER_INPUT when there are none. */
export async function folderTour(ask: Ask, folder: string, maxImageBytes: number): Promise<TourReport> {
  const names = await picturesIn(folder);
  say(`${names.length} pictures in ${folder}`);
  const images = names.map((name) => ({
    key: name,
    caption: name,
    read: () => readPicture(join(folder, name), maxImageBytes),
  }));
  const { added, refused } = await ingestImages(ask, images);
  say(`  ${added} stored now, ${names.length - added - refused.size} stored before, ${refused.size} refused`);
  for (const [name, reason] of refused) say(`  refused ${name}: ${reason}`);
  const found: Hit[] = [];
  for (const query of QUERIES) found.push(...(await showTextSearch(ask, query)));
  const sample = names.find((name) => !refused.has(name));
  if (sample !== undefined) await showImageSearch(ask, sample, await readFile(join(folder, sample)));
  say();
  return { complaints: [], pictureUrl: firstPictureUrl(found) };
}

async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new AppError("BAD_USER_INPUT", `--images ${folder} is no folder that can be read.`, { cause: error });
  });
  const names: string[] = [];
  for (const name of entries.filter((entry) => PICTURE.test(entry))) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (!found?.isDirectory()) names.push(name.replaceAll(sep, "/"));
  }
  if (names.length > 0) return names.sort();
  throw new AppError("BAD_USER_INPUT", `--images ${folder} holds no JPEG, PNG, WebP, GIF, AVIF or HEIC files.`);
}

/** The bytes of a file that the server would take; looks at the size first. */
async function readPicture(path: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size === 0) throw new Error("The file is empty.");
  if (size > maxBytes) throw new Error(`The file holds ${megabytes(size)}, more than ${megabytes(maxBytes)}.`);
  return readFile(path);
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
