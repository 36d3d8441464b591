/** A picture to store: its bytes are read when its turn comes. */
export interface ImageToIngest {
  readonly key: string;
  readonly caption: string | null;
  readonly metadata?: object;
  /** Throws what the user is to be told of a picture that cannot be had. */
  read(): Promise<Uint8Array>;
}

/** What goes into one call of ingestImages, and what could not be read on the way. */
export interface PictureCall {
  readonly input: readonly { key: string; caption: string | null; metadata?: object; image: { base64: string } }[];
  readonly unread: readonly { key: string; message: string }[];
}

const PICTURES_A_CALL = 20;
/** With a picture of the largest size that a server takes by default, in base64, a call stays below its body limit. */
const BYTES_A_CALL = 12_000_000;

/** Reads pictures in turn and gathers them into calls of a bearable size, so that a folder never lies in memory whole. */
export async function* pictureCalls(images: readonly ImageToIngest[]): AsyncGenerator<PictureCall> {
  let call = emptyCall();
  for (const image of images) {
    const bytes = await image.read().catch((error: unknown) => error as Error);
    if (bytes instanceof Error) {
      call.unread.push({ key: image.key, message: bytes.message });
      continue;
    }
    if (isFull(call, bytes.length)) {
      yield call;
      call = emptyCall();
    }
    const { key, caption, metadata } = image;
    call.input.push({
      key,
      caption,
      ...(metadata && { metadata }),
      image: { base64: Buffer.from(bytes).toString("base64") },
    });
    call.bytes += bytes.length;
  }
  if (call.input.length + call.unread.length > 0) yield call;
}

const emptyCall = () => ({
  input: [] as PictureCall["input"][number][],
  unread: [] as PictureCall["unread"][number][],
  bytes: 0,
});

const isFull = ({ input, bytes }: ReturnType<typeof emptyCall>, more: number): boolean =>
  input.length === PICTURES_A_CALL || (input.length > 0 && bytes + more > BYTES_A_CALL);
