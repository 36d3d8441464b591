import { AppError } from "../errors";

/** GraphQL checks `@oneOf` as well; this keeps the promise for callers that get past it with a null. */
export function exactlyOne(type: string, input: object): void {
  const given = Object.values(input).filter((value) => value !== undefined && value !== null).length;
  if (given !== 1) throw new AppError("BAD_USER_INPUT", `${type} must have exactly one field; it has ${given}.`);
}
