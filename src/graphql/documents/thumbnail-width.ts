import { AppError } from "../../errors";
import { THUMBNAIL_WIDTHS } from "../../documents/thumbnail";

/** The smallest width that thumbnails come in and that is not below what was asked for. Throws BAD_USER_INPUT. */
export function thumbnailWidth(asked: number): number {
  const width = asked >= 1 ? THUMBNAIL_WIDTHS.find((one) => one >= asked) : undefined;
  if (width !== undefined) return width;
  throw new AppError("BAD_USER_INPUT", `\`width\` is ${asked}; it must be from 1 to ${THUMBNAIL_WIDTHS.at(-1)}.`);
}
