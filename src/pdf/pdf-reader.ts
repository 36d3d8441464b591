import { AppError, type ErrorCode, succeeded, unwrap } from "../errors";
import type { Log } from "../log";
import type { PdfReader, PdfText } from "../ports/pdf-reader";
import { ChildDied, type DeathReason } from "../processes/child-died";
import { childEntry } from "../processes/child-entry";
import { resilientBatch } from "../processes/resilient-batch";
import { startWorker, type Worker } from "../processes/supervised-worker";
import type { PdfProcessInit, PdfRequest } from "./pdf-process";

export interface PdfReaderOptions extends PdfProcessInit {
  /** How long reading one PDF may take, or drawing some of its pages. */
  readonly deadlineMs: number;
  readonly log: Log;
}

const START_TIMEOUT_MS = 30_000;

type PdfWorker = Worker<null, PdfRequest, PdfText | Uint8Array[]>;

/** Reads PDFs in a process of its own, one at a time: what kills or hangs it harms no other. It is started with the first PDF. */
export class ProcessPdfReader implements PdfReader {
  #worker: Promise<PdfWorker> | null = null;
  #closed = false;

  constructor(private readonly options: PdfReaderOptions) {}

  read(file: Uint8Array): Promise<PdfText> {
    return this.#ask({ kind: "read", file }) as Promise<PdfText>;
  }

  draw(file: Uint8Array, first: number, last: number): Promise<Uint8Array[]> {
    return this.#ask({ kind: "draw", file, first, last }) as Promise<Uint8Array[]>;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await (await this.#worker?.catch(() => null))?.close();
  }

  /** Tried again once when its process dies: another PDF's remains may have done it. */
  async #ask(request: PdfRequest): Promise<PdfText | Uint8Array[]> {
    const run = async () => {
      const answer = (await this.#started()).call(request);
      return [await answer.then(succeeded, toFailure)];
    };
    const [outcome] = await resilientBatch([request], run, (cause) => fatal(cause, request.kind));
    return unwrap(outcome!);
  }

  #started(): Promise<PdfWorker> {
    if (this.#closed) throw new AppError("SHUTTING_DOWN", "The PDF reader is closed.");
    return (this.#worker ??= this.#start().catch((error: unknown) => {
      this.#worker = null;
      throw error;
    }));
  }

  #start(): Promise<PdfWorker> {
    const { deadlineMs, log, maxPdfBytes, maxPdfPages, maxMemoryBytes } = this.options;
    return startWorker({
      name: "PDF reader",
      entry: childEntry("pdf/pdf-process"),
      execArgv: ["--expose-gc"],
      init: { maxPdfBytes, maxPdfPages, maxMemoryBytes } satisfies PdfProcessInit,
      startTimeoutMs: START_TIMEOUT_MS,
      deadlineMs,
      restartBudget: { restarts: 50, perMs: 60_000 },
      log,
    });
  }
}

/** What the PDF is to blame for is an outcome; that its process died is thrown. */
function toFailure(thrown: unknown) {
  if (thrown instanceof AppError && thrown.code !== "SHUTTING_DOWN") return { ok: false, error: thrown } as const;
  throw thrown;
}

/** What became of a PDF whose process died, each time. */
const FATAL: Readonly<Record<DeathReason, readonly [ErrorCode, string]>> = {
  crashed: ["INVALID_PDF", "it breaks the reader. Print it to a new PDF with another program."],
  deadline: ["TOO_LARGE", "that takes too long. Split it, or raise PDF_DEADLINE_MS."],
  memory: ["TOO_LARGE", "that takes too much memory. Split it, or raise PDF_MEMORY_MB."],
};
const DONE: Readonly<Record<PdfRequest["kind"], string>> = {
  read: "The PDF could not be read",
  draw: "The PDF's pages could not be drawn as pictures",
};

function fatal(cause: unknown, kind: PdfRequest["kind"]): AppError {
  if (!(cause instanceof ChildDied)) {
    return new AppError("INTERNAL_SERVER_ERROR", `${DONE[kind]}.`, { cause });
  }
  const [code, why] = FATAL[cause.reason];
  return new AppError(code, `${DONE[kind]}: ${why}`, { cause });
}
