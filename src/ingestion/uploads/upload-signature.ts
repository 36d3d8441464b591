import { createHmac, timingSafeEqual } from "node:crypto";
import type { UploadLink } from "./uploads";

/** The signature that a link has to carry, from the server's secret. */
export const signUpload = (secret: string, { tenant, id, expiresAt }: Omit<UploadLink, "signature">): string =>
  createHmac("sha256", secret).update(`PUT ${tenant} ${id} ${expiresAt.getTime()}`).digest("hex");

/** Whether a link is one that `signUpload` signed; takes equally long for every wrong one. */
export function isSigned(secret: string, link: UploadLink): boolean {
  const given = Buffer.from(link.signature);
  const right = Buffer.from(signUpload(secret, link));
  return given.length === right.length && timingSafeEqual(given, right);
}
