import { Format, SingleBar } from "cli-progress";
import { note } from "./terminal";

const TELL_EVERY_MS = 5_000;
const REDRAW_MS = 200;

export interface ProgressOptions {
  readonly total: number;
  /** How many are done, how much of others in work, in items, and a few words on what became of them. */
  readonly read: () => { readonly done: number; readonly begun?: number; readonly words: string };
  readonly isShown: boolean;
}

/** Shows how far something is: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #bar: SingleBar | null;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #startedMs = Date.now();
  /** What is done by now took no time. */
  readonly #startedAt: number;

  constructor(private readonly options: ProgressOptions) {
    this.#startedAt = options.read().done;
    this.#bar = options.isShown && process.stderr.isTTY ? startBar(options.total) : null;
    if (options.isShown) this.#timer = setInterval(() => this.#tell(), this.#bar ? REDRAW_MS : TELL_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#bar) this.#tell();
    this.#bar?.stop();
  }

  #tell(): void {
    const { done, begun = 0, words } = this.options.read();
    const { total } = this.options;
    const status = [words, ...this.#pace(done + begun)].filter(Boolean).join(", ");
    if (this.#bar) return this.#bar.update(Math.min(done, total), { status });
    note(`  ${done} of ${total} (${Math.floor((100 * done) / Math.max(total, 1))} %)${status && `: ${status}`}`);
  }

  #pace(done: number): string[] {
    const perSecond = (done - this.#startedAt) / ((Date.now() - this.#startedMs) / 1_000);
    if (!(perSecond > 0)) return [];
    const left = Math.max(this.options.total - done, 0);
    return left === 0 ? [rate(perSecond)] : [rate(perSecond), `${duration(left / perSecond)} left`];
  }
}

/** "12/s", "0.4/s", "1.5/min". */
const rate = (perSecond: number): string => {
  if (perSecond < 0.1) return `${(60 * perSecond).toFixed(1)}/min`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`;
};

function startBar(total: number): SingleBar {
  const format = "  {bar} {percentage} %  {value} of {total}: {status}";
  const bar = new SingleBar({
    format,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    formatBar: Format.BarFormat,
  });
  bar.start(total, 0, { status: "" });
  return bar;
}

/** "40 s", "3 min", "2 h 5 min". */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 99.5) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
