import { AppError } from "../../errors";
import type { MediaStore } from "../../ports/media-store";
import { openMediaFolder } from "./media-folder";
import { parseS3Address } from "./s3-address";
import type { S3Keys } from "./s3-client";

export interface MediaStoreOptions extends S3Keys {
  /** A folder, or "s3://bucket/prefix?endpoint=https://host&region=eu-1". */
  readonly uri: string;
  /** How long a bucket may take to answer a call, or between two pieces of a stream, before it fails. */
  readonly timeoutMs: number;
}

/** The media store at an address. Throws INVALID_CONFIGURATION or STORE_UNAVAILABLE when it cannot be used. */
export async function openMediaStore({ uri, ...options }: MediaStoreOptions): Promise<MediaStore> {
  if (!uri.startsWith("s3:")) return openMediaFolder(uri);
  const address = parseS3Address(uri);
  if (address !== null) {
    const { openMediaBucket } = await import("./media-bucket.js");
    return openMediaBucket({ ...address, ...options });
  }
  throw new AppError(
    "INVALID_CONFIGURATION",
    "MEDIA_URI is not the address of a bucket. Write s3://bucket/prefix?endpoint=https://host&region=eu-1.",
  );
}
