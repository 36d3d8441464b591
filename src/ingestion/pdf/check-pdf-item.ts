import type { Metadata } from "../../documents/document";
import type { PdfItem } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import { PAGE_KEYS } from "../../documents/pdf-page";
import { AppError } from "../../errors";
import { checkMetadata } from "../drafts/check-metadata";
import { checkKey } from "../drafts/check-text";

/** What a key gets at its end, for which room has to be left. */
const LONGEST_SUFFIX = "#page=100000&picture".length;

/** What a client says of a PDF, before it is read. Throws INVALID_KEY or INVALID_METADATA. */
export function checkPdfItem({ key, metadata }: PdfItem, limits: Limits): { key: string | null; metadata: Metadata } {
  const checked = checkMetadata(metadata, limits);
  const taken = PAGE_KEYS.find((name) => Object.hasOwn(checked, name));
  if (taken === undefined)
    return { key: checkKey(key, Math.max(1, limits.maxKeyBytes - LONGEST_SUFFIX)), metadata: checked };
  throw new AppError(
    "INVALID_METADATA",
    `The metadata has \`${taken}\`, where the server writes what page a document is. Give it another name.`,
  );
}
