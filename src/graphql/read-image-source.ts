import type { ImageSource } from "../search/intake";
import { exactlyOne } from "./exactly-one";

interface GivenSource {
  readonly url?: URL | null;
  readonly base64?: string | null;
  readonly uploadId?: string | null;
}

/** Where a picture's bytes come from, of the input type `type`. Throws BAD_USER_INPUT unless exactly one field is given. */
export function readImageSource(type: string, given: GivenSource): ImageSource {
  exactlyOne(type, given);
  if (given.url) return { kind: "url", url: String(given.url) };
  if (typeof given.uploadId === "string") return { kind: "upload", uploadId: given.uploadId };
  return { kind: "base64", base64: given.base64 ?? "" };
}
