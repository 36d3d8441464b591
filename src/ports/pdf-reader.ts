/** What a PDF says. */
export interface PdfText {
  /** As the file names itself, 200 characters at most; null: it does not. */
  readonly title: string | null;
  /** The text of each page, in lines as they stand there; "" where there is none, as in a scan. */
  readonly pages: readonly string[];
}

/**
 * Reads a stranger's PDF. Throws INVALID_PDF, UNSUPPORTED_MEDIA_TYPE for what is none, TOO_LARGE for one that is over a bound,
 * WORKER_UNAVAILABLE.
 */
export interface PdfReader {
  /** All of its text. */
  read(file: Uint8Array): Promise<PdfText>;
  /** Pages from the `first` to the `last`, counted from 1, each as a picture in PNG. */
  draw(file: Uint8Array, first: number, last: number): Promise<Uint8Array[]>;
  close(): Promise<void>;
}
