import type { Client } from "urql";
import { faultOf } from "../client/fault";
import { upload } from "../client/upload";
import { StartIngestionDocument, type ImageInput, type IngestionInput, type TextInput } from "../generated/operations";
import { texts } from "../texts";
import { isPictureType, mediaTypeOf, PDF, titleOf } from "./media-type";

/** What somebody wants stored. */
export interface Order {
  readonly files: readonly File[];
  readonly texts: readonly TextInput[];
  readonly images: readonly ImageInput[];
  readonly metadata: Record<string, unknown> | null;
  /** Whether each page of a PDF is stored as a picture, too. */
  readonly pagePictures: boolean;
  /** Whether the server's model does. */
  readonly takesPictures: boolean;
}

export interface Unsent {
  readonly file: File;
  readonly reason: string;
}

export interface Sent {
  /** The ingestions that were started. */
  readonly ingestionIds: readonly string[];
  /** Files that did not get that far. */
  readonly unsent: readonly Unsent[];
}

interface Uploaded {
  readonly id: string;
  readonly type: string;
}

const UPLOADS_AT_ONCE = 4;

/** Uploads the files and starts ingestions: one of all that was handed in, and one of each list. Throws what to show. */
export async function send(client: Client, order: Order, onUploaded: (done: number) => void): Promise<Sent> {
  const unsent: Unsent[] = [];
  const uploaded = new Map<File, Uploaded>();
  const queue = [...order.files];
  const work = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      try {
        const type = await mediaTypeOf(file);
        if (type === null) throw new Error(texts.add.notTaken(file.name));
        if (isPictureType(type) && !order.takesPictures) throw new Error(texts.add.textsOnly(file.name));
        uploaded.set(file, { type, id: await upload(client, file, type) });
      } catch (error) {
        unsent.push({ file, reason: (error as Error).message });
      }
      onUploaded(uploaded.size + unsent.length);
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
  const ingestionIds: string[] = [];
  for (const input of ingestionsOf(order, uploaded)) ingestionIds.push(await start(client, input));
  return { ingestionIds, unsent };
}

function ingestionsOf(order: Order, uploaded: ReadonlyMap<File, Uploaded>): IngestionInput[] {
  const { files, texts: words, images, metadata, pagePictures: pictures } = order;
  const there = files.flatMap((file) => (uploaded.has(file) ? [{ file, ...uploaded.get(file)! }] : []));
  const fromFiles = there
    .filter(({ type }) => isPictureType(type))
    .map(({ file, id }) => ({ image: { uploadId: id }, caption: titleOf(file) }));
  const pdfs = there
    .filter(({ type }) => type === PDF)
    .map(({ file, id }) => ({ pdf: { uploadId: id }, pictures, metadata: { file: file.name, ...metadata } }));
  const own = {
    texts: words.map((text) => ({ ...text, metadata })),
    images: [...images, ...fromFiles].map((image) => ({ ...image, metadata })),
    pdfs,
  };
  const lists = there.filter(({ type }) => !isPictureType(type) && type !== PDF).map(({ id }) => ({ uploadId: id }));
  return own.texts.length + own.images.length + own.pdfs.length > 0 ? [own, ...lists] : lists;
}

async function start(client: Client, input: IngestionInput): Promise<string> {
  const { data, error } = await client.mutation(StartIngestionDocument, { input });
  if (error || !data) throw new Error(error ? faultOf(error).message : texts.faults.unreachable);
  return data.startIngestion.id;
}
