import { readFile } from "node:fs/promises";
import { isPdf } from "../../ingestion/local/local-file";
import type { Entry, Failure, Origin } from "../import/entry";
import { folderEntries } from "../import/folder-entries";
import { listEntries } from "../import/list-entries";
import { captionOfName } from "./caption-of-name";
import type { Source } from "./source-of";

/** A picture's file, with what it shows in words. */
export interface Captioned {
  readonly origin: Origin;
  readonly caption: string;
  read(): Promise<Uint8Array>;
}

/** Pictures with captions, each caption once, and what came of the rest. */
export interface FoundCaptioned {
  readonly captioned: readonly Captioned[];
  /** Pictures that cannot be read, and why. */
  readonly failures: readonly Failure[];
  /** How many have none. */
  readonly withoutCaption: number;
  /** How many have one that another had before: two pictures of one thing are no strangers to each other. */
  readonly repeated: number;
}

const NOTHING_COMMON = { keyPrefix: "", metadata: {}, pagePictures: false };

/** The pictures of a source with their captions; where the model takes no pictures, captions and texts alone. */
export async function findCaptioned({ kind, path }: Source, takesPictures: boolean): Promise<FoundCaptioned> {
  const found = (kind === "list" ? listEntries : folderEntries)(path, NOTHING_COMMON);
  const captioned = new Map<string, Captioned>();
  const failures: Failure[] = [];
  let [withoutCaption, repeated] = [0, 0];
  for await (const one of found) {
    if (one.kind === "failure") failures.push(one);
    // Pages of a PDF have no captions.
    if (one.kind !== "entry" || isOfPdf(one)) continue;
    const caption = captionOf(one, takesPictures);
    const isUsable = !takesPictures || one.file !== null;
    if (caption === null || !isUsable) withoutCaption++;
    else if (captioned.has(caption.toLowerCase())) repeated++;
    else captioned.set(caption.toLowerCase(), { caption, origin: one.origin, read: () => readFile(one.file!.path) });
  }
  return { captioned: [...captioned.values()], failures, withoutCaption, repeated };
}

const isOfPdf = ({ file, item }: Entry): boolean => item.pdf !== undefined || (file !== null && isPdf(file));

/** A text is its own caption where no pictures are wanted. */
function captionOf({ origin, item }: Entry, takesPictures: boolean): string | null {
  const given = "file" in origin ? captionOfName(origin.file) : (item.caption ?? (takesPictures ? null : item.text));
  return given?.trim() || null;
}
