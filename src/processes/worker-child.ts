import { type ChildProcess, fork } from "node:child_process";
import type { Log } from "../log";
import { unwrap } from "../errors";
import { ChildDied, type DeathReason, OVER_MEMORY_SIGNAL } from "./child-died";
import { childEnvironment } from "./child-environment";
import { LineTail } from "./line-tail";
import type { Message, Reply } from "./messages";
import { ownBytes } from "./own-bytes";
import { fromPlainOutcome } from "./plain-outcome";

export interface WorkerChildOptions {
  readonly name: string;
  readonly entry: string;
  readonly execArgv?: readonly string[];
  /** Besides what every child may know. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: Log;
}

interface Exchange {
  readonly id: number;
  settle(reply: Reply<unknown>): void;
  abandon(death: ChildDied): void;
}

/** One life of a forked process that runs `serveRequests`: one message at a time, answered or ended by its death. */
export class WorkerChild {
  readonly #process: ChildProcess;
  readonly #name: string;
  readonly #tail: LineTail;
  #exchange: Exchange | null = null;
  #lastId = 0;
  #death: ChildDied | null = null;
  #reason: DeathReason = "crashed";
  /** Resolves when the process is gone. */
  readonly died: Promise<ChildDied>;

  constructor({ name, entry, execArgv = [], environment = {}, log }: WorkerChildOptions) {
    this.#name = name;
    this.#process = fork(entry, {
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: childEnvironment(environment),
      execArgv: [...execArgv],
    });
    const { pid, stdout, stderr } = this.#process;
    this.#tail = new LineTail([stdout!, stderr!], (line) => log.debug({ child: name, pid, line }, "A child said"));
    this.#process.on("message", (reply: Reply<unknown>) => {
      if (this.#exchange?.id === reply.id) this.#exchange.settle(reply);
    });
    this.died = new Promise((resolve) => {
      const end = (how: string): void => resolve((this.#death ??= this.#bury(how)));
      this.#process.once("exit", (code, signal) => {
        if (signal === OVER_MEMORY_SIGNAL) this.#reason = "memory";
        end(signal ?? `exit code ${code}`);
      });
      this.#process.on("error", (error) => this.#process.pid === undefined && end(error.message));
    });
  }

  get alive(): boolean {
    return this.#death === null && !this.#process.killed;
  }

  get pid(): number | null {
    return this.alive ? (this.#process.pid ?? null) : null;
  }

  /** What the child printed last, as a sentence; "" for nothing. Waits a moment for output that is on its way. */
  async lastLines(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return this.#tail.toString();
  }

  /** Sends one message and resolves with the answer; past the limit the child is killed. Throws AppError or ChildDied. */
  async ask<T>(body: unknown, limitMs: number): Promise<T> {
    const id = ++this.#lastId;
    if (this.#death !== null) throw this.#death;
    this.#process.send({ id, body } satisfies Message<unknown>, () => undefined);
    const timer = setTimeout(() => this.#kill("deadline"), limitMs);
    try {
      const reply = await new Promise<Reply<unknown>>((settle, abandon) => {
        this.#exchange = { id, settle, abandon };
      });
      return unwrap(fromPlainOutcome(ownBytes(reply.outcome))) as T;
    } finally {
      this.#exchange = null;
      clearTimeout(timer);
    }
  }

  /** Ends the process, which holds nothing that needs an orderly end; resolves when it is gone. */
  async end(): Promise<void> {
    this.#kill("crashed");
    await this.died;
  }

  #kill(reason: DeathReason): void {
    this.#reason = reason;
    this.#process.kill("SIGKILL");
  }

  #bury(how: string): ChildDied {
    const story: Record<DeathReason, string> = {
      crashed: `died (${how})`,
      deadline: "was killed because it took too long",
      memory: "was killed because it took too much memory",
    };
    const death = new ChildDied(this.#reason, `The ${this.#name} process ${story[this.#reason]}.`);
    this.#exchange?.abandon(death);
    return death;
  }
}
