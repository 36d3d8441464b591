import type { UploadLink } from "../ingestion/uploads/uploads";

const PATH = /^\/uploads\/([a-z0-9_-]{1,64})\/([0-9a-f]{32})\?expires=(\d{1,15})&signature=([0-9a-f]{64})$/;

/** Where a link's holder puts the bytes, under the server's address. */
export const uploadPath = ({ tenant, id, expiresAt, signature }: UploadLink): string =>
  `/uploads/${tenant}/${id}?expires=${expiresAt.getTime()}&signature=${signature}`;

/** The link in a path with its query; null for any that `uploadPath` does not make. Whether it is ours, `admit` tells. */
export function parseUploadPath(path: string): UploadLink | null {
  const [, tenant, id, expires, signature] = PATH.exec(path) ?? [];
  return signature === undefined ? null : { tenant: tenant!, id: id!, expiresAt: new Date(Number(expires)), signature };
}
