import type { S3 } from "@aws-sdk/client-s3";

/** S3 takes no smaller ones, but for the last; held in memory, one for each stream that is being written. */
const PART_BYTES = 8 * 1024 * 1024;

export interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
}

/** Calls the store within its time, and makes its errors ours. */
export type CallStore = <T>(call: (options: { abortSignal: AbortSignal }) => Promise<T>) => Promise<T>;

/** Writes pieces as one object, whole or not at all. Throws what `source` throws. */
export async function putParts(
  client: S3,
  place: ObjectPlace,
  source: AsyncIterable<Uint8Array>,
  callStore: CallStore,
): Promise<void> {
  const parts = inParts(source);
  try {
    await put(client, place, parts, callStore);
  } finally {
    await parts.return(undefined);
  }
}

async function put(
  client: S3,
  place: ObjectPlace,
  parts: AsyncGenerator<Uint8Array>,
  callStore: CallStore,
): Promise<void> {
  const first = await parts.next();
  const second = await parts.next();
  if (second.done) {
    await callStore((options) => client.putObject({ ...place, Body: first.value ?? new Uint8Array() }, options));
    return;
  }
  const { UploadId } = await callStore((options) => client.createMultipartUpload(place, options));
  const upload = { ...place, UploadId };
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    const send = async (Body: Uint8Array) => {
      const PartNumber = Parts.length + 1;
      const { ETag } = await callStore((options) => client.uploadPart({ ...upload, PartNumber, Body }, options));
      Parts.push({ PartNumber, ETag });
    };
    await send(first.value!);
    await send(second.value);
    for await (const part of parts) await send(part);
    await callStore((options) => client.completeMultipartUpload({ ...upload, MultipartUpload: { Parts } }, options));
  } catch (error) {
    await callStore((options) => client.abortMultipartUpload(upload, options)).catch(() => undefined);
    throw error;
  }
}

/** The same bytes in pieces of PART_BYTES, the last one smaller. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (let piece of source) {
    while (bytes + piece.byteLength >= PART_BYTES) {
      const room = PART_BYTES - bytes;
      yield Buffer.concat([...pieces, piece.subarray(0, room)]);
      piece = piece.subarray(room);
      [pieces, bytes] = [[], 0];
    }
    if (piece.byteLength > 0) pieces.push(piece);
    bytes += piece.byteLength;
  }
  if (bytes > 0) yield Buffer.concat(pieces);
}
