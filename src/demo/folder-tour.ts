import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { AppError } from "../errors";
import type { Ask } from "./graphql-client";
import { ingestImages } from "./ingest";
import { say } from "./terminal";
import type { TourReport } from "./tour";
import { firstPictureUrl, showImageSearch, showTextSearch, type Hit } from "./transcript";

const PICTURE = /\.(jpe?g|png|webp|gif|avif)$/i;
const QUERIES = ["an animal", "people", "something red", "a landscape"];

/** Stores the pictures of a folder, each under its path, and searches them. Throws BAD_USER_INPUT when there are none. */
export async function folderTour(ask: Ask, folder: string): Promise<TourReport> {
  const names = await picturesIn(folder);
  say(`${names.length} pictures in ${folder}`);
  const images = names.map((name) => ({ key: name, caption: name, read: () => readFile(join(folder, name)) }));
  const { added, refused } = await ingestImages(ask, images);
  say(`  ${added} stored now, ${names.length - added - refused.length} stored before, ${refused.length} refused`);
  for (const line of refused) say(`  refused ${line}`);
  const found: Hit[] = [];
  for (const query of QUERIES) found.push(...(await showTextSearch(ask, query)));
  const sample = names.find((name) => !refused.some((line) => line.startsWith(`${name}: `)));
  if (sample !== undefined) await showImageSearch(ask, sample, await readFile(join(folder, sample)));
  say();
  return { complaints: [], pictureUrl: firstPictureUrl(found) };
}

async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new AppError("BAD_USER_INPUT", `--images ${folder} is no folder that can be read.`, { cause: error });
  });
  const names = entries.filter((name) => PICTURE.test(name)).map((name) => name.replaceAll(sep, "/"));
  if (names.length > 0) return names.sort();
  throw new AppError("BAD_USER_INPUT", `--images ${folder} holds no JPEG, PNG, WebP, GIF or AVIF files.`);
}
