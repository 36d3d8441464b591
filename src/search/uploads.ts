import type { Upload } from "./ledger";

/** Files that clients put before they name what they are for. Throws UPLOAD_NOT_FOUND for one that is not there (any more). */
export interface Uploads {
  read(tenant: string, id: string): Promise<Uint8Array>;
  open(tenant: string, id: string): Promise<Pick<Upload, "mediaType"> & { readonly bytes: AsyncIterable<Uint8Array> }>;
}
