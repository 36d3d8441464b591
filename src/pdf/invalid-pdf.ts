import { AppError } from "../errors";

/** What is wrong with a PDF, and what to do: "it wants a password. Save a copy without one". */
export const invalidPdf = (why: string, cause?: unknown): AppError =>
  new AppError("INVALID_PDF", `The PDF cannot be read: ${why}.`, { cause });
