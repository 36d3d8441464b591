import { AppError } from "../errors";

/** How many a field is to give. Throws BAD_USER_INPUT unless it is from 1 to `most`. */
export function checkFirst(first: number, most: number): number {
  if (first >= 1 && first <= most) return first;
  throw new AppError("BAD_USER_INPUT", `\`first\` is ${first}; it must be from 1 to ${most}.`);
}
