import type { GetObjectCommandOutput, S3 } from "@aws-sdk/client-s3";
import { AppError } from "../../errors";
import type { MediaKey, MediaStore, PictureFile } from "../../ports/media-store";
import { mediaName, parsePictureName, tenantFolder, thumbnailNames } from "./media-name";
import { connectS3, type S3Options } from "./s3-client";
import { putParts, type CallStore, type ObjectPlace } from "./s3-multipart";

/** What one DeleteObjects takes. */
const DELETED_AT_ONCE = 1_000;

/** Files in a bucket of Amazon S3 or of a server that speaks its language. Throws as `connectS3` does. */
export async function openMediaBucket(options: S3Options): Promise<MediaStore> {
  return new MediaBucket(await connectS3(options), options);
}

class MediaBucket implements MediaStore {
  constructor(
    private readonly client: S3,
    private readonly options: S3Options,
  ) {}

  async put(key: MediaKey, bytes: Uint8Array): Promise<void> {
    if (await this.has(key)) return;
    await this.#call((options) => this.client.putObject({ ...this.#place(key), Body: bytes }, options));
  }

  async putStream(key: MediaKey, source: AsyncIterable<Uint8Array>): Promise<void> {
    await putParts(this.client, this.#place(key), source, this.#call);
  }

  async get(key: MediaKey): Promise<Uint8Array | null> {
    const stream = await this.getStream(key);
    if (stream === null) return null;
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    return new Uint8Array(Buffer.concat(pieces));
  }

  async getStream(key: MediaKey): Promise<AsyncIterable<Uint8Array> | null> {
    const place = this.#place(key);
    const found = await this.#call((options) => this.client.getObject(place, options).catch(absent));
    return found === null ? null : bodyOf(found);
  }

  async has(key: MediaKey): Promise<boolean> {
    const place = this.#place(key);
    return (await this.#call((options) => this.client.headObject(place, options).catch(absent))) !== null;
  }

  async *pictureFiles(tenant: string): AsyncGenerator<PictureFile> {
    const { bucket, prefix } = this.options;
    let token: string | undefined;
    do {
      const request = {
        Bucket: bucket,
        Prefix: prefix + tenantFolder(tenant),
        ...(token && { ContinuationToken: token }),
      };
      const page = await this.#call((options) => this.client.listObjectsV2(request, options));
      for (const { Key = "", LastModified = new Date() } of page.Contents ?? []) {
        const named = parsePictureName(Key.slice(prefix.length));
        if (named !== null) yield { ...named, storedAt: LastModified };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async delete(keys: readonly MediaKey[]): Promise<void> {
    await this.#deleteNames(keys.map(mediaName));
    // Pictures before their thumbnails: who makes one meanwhile finds the picture gone, see Thumbnails.
    await this.#deleteNames(keys.flatMap((key) => (key.kind === "picture" ? thumbnailNames(key) : [])));
  }

  async close(): Promise<void> {
    this.client.destroy();
  }

  async #deleteNames(names: readonly string[]): Promise<void> {
    for (let at = 0; at < names.length; at += DELETED_AT_ONCE) {
      const Objects = names.slice(at, at + DELETED_AT_ONCE).map((name) => ({ Key: this.options.prefix + name }));
      const request = { Bucket: this.options.bucket, Delete: { Objects, Quiet: true } };
      const { Errors = [] } = await this.#call((options) => this.client.deleteObjects(request, options));
      const fault = Errors.find(({ Code }) => Code !== "NoSuchKey");
      if (fault)
        throw unavailable(new Error(`${Errors.length} files were not deleted, the first one for ${fault.Code}`));
    }
  }

  #place(key: MediaKey): ObjectPlace {
    return { Bucket: this.options.bucket, Key: this.options.prefix + mediaName(key) };
  }

  readonly #call: CallStore = async (call) => {
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), this.options.timeoutMs);
    try {
      return await call({ abortSignal: ended.signal });
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      clearTimeout(timer);
    }
  };
}

async function* bodyOf({ Body }: GetObjectCommandOutput): AsyncGenerator<Uint8Array> {
  try {
    yield* Body as unknown as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** A bucket that is gone is no missing file. */
function absent(error: { readonly name?: string }): null {
  if (error.name === "NoSuchKey" || error.name === "NotFound") return null;
  throw error;
}

const unavailable = (cause: unknown): AppError =>
  new AppError("STORE_UNAVAILABLE", "The media store did not answer as it should. Try again later.", { cause });
