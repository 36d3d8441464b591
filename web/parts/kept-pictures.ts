import type { Client } from "urql";
import { upload } from "../client/upload";
import type { ImageQuery } from "../generated/operations";
import { texts } from "../texts";
import { pictureTypeOf } from "./picture-type";

/** Up to this size a picture goes into the query itself; a larger one is uploaded before. */
const MAX_INLINE_BYTES = 256 * 1024;

interface KeptPicture {
  readonly name: string;
  readonly previewUrl: string;
  readonly query: ImageQuery;
}

const UPLOADED = "upload-";
let pictures = 0;
const kept = new Map<string, KeptPicture>();

/** Takes a picture that somebody handed in; the token that names it in the address. Throws what to tell them. */
export async function keepPicture(client: Client, file: File): Promise<string> {
  const type = await pictureTypeOf(file);
  if (type === null) throw new Error(texts.faults.noPicture(file.name));
  const picture = new File([file], file.name, { type });
  const small = file.size <= MAX_INLINE_BYTES;
  const query: ImageQuery = small
    ? { base64: await dataUrlOf(picture) }
    : { uploadId: await upload(client, picture, type) };
  const token = "uploadId" in query ? `${UPLOADED}${query.uploadId}` : `here-${Date.now().toString(36)}-${pictures++}`;
  kept.set(token, { name: file.name, previewUrl: URL.createObjectURL(picture), query });
  return token;
}

/** How the server is asked for a picture; null where only the machine that it was handed in on knows it. */
export function pictureQuery(token: string): ImageQuery | null {
  if (token.startsWith(UPLOADED)) return { uploadId: token.slice(UPLOADED.length) };
  return kept.get(token)?.query ?? null;
}

/** What a picture looks like and is called; null where this page never had it. */
export const keptPicture = (token: string): KeptPicture | null => kept.get(token) ?? null;

function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(texts.faults.noPicture(file.name)));
    reader.readAsDataURL(file);
  });
}
