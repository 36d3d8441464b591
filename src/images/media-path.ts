import type { MediaKey } from "../search/images";
import { extensionOf, mediaTypeOf } from "./media-type";

const PATH = /^\/media\/([a-z0-9_-]{1,64})\/([0-9a-f]{64})\.([a-z]{3,4})$/;

/** Path of a kept picture under the server's address: "/media/<tenant>/<hash>.<ending>". */
export const mediaPath = ({ tenant, contentHash, mediaType }: MediaKey): string =>
  `/media/${tenant}/${contentHash}.${extensionOf(mediaType) ?? "bin"}`;

/** What a path names; null for any path that `mediaPath` does not make. */
export function parseMediaPath(path: string): MediaKey | null {
  const [, tenant, contentHash, extension] = PATH.exec(path) ?? [];
  const mediaType = extension === undefined ? null : mediaTypeOf(extension);
  return mediaType === null ? null : { tenant: tenant!, contentHash: contentHash!, mediaType };
}
