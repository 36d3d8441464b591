import type { Config } from "../config/config";
import type { Log } from "../log";
import { ProcessPdfReader } from "../pdf/pdf-reader";

/** The reader of PDFs that a configuration asks for; its process starts with the first one. */
export const openPdfReader = (config: Config, log: Log) =>
  new ProcessPdfReader({
    maxPdfBytes: config.maxPdfBytes,
    maxPdfPages: config.maxPdfPages,
    maxMemoryBytes: config.pdfMemoryMb * 1_048_576,
    deadlineMs: config.pdfDeadlineMs,
    log,
  });
