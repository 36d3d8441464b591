import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../errors";
import type { Log } from "../log";
import { childEnvironment } from "./child-environment";
import { LineTail } from "./line-tail";
import { RestartPolicy } from "./restart-policy";

export interface ServerOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether a line of its output says that it takes requests. */
  readonly isReady: (line: string) => boolean;
  /** Whether a line of its output belongs in our log, as a warning. */
  readonly isWarning?: (line: string) => boolean;
  readonly startTimeoutMs: number;
  readonly stopSignal: NodeJS.Signals;
  /** After this long a server that does not stop is killed. */
  readonly stopTimeoutMs: number;
  readonly log: Log;
}

export interface SpawnedServer {
  /** Null while it is being restarted. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

/**
 * Starts a foreign program that serves, waits until it is ready, and starts it again when it dies. Its standard input is a
 * pipe that closes when this process is gone, however it went. Throws INTERNAL_SERVER_ERROR with its last lines.
 */
export async function startServer(options: ServerOptions): Promise<SpawnedServer> {
  const server = new LivingServer(options);
  await server.start();
  return server;
}

class LivingServer implements SpawnedServer {
  readonly #policy = new RestartPolicy({ restarts: 10, perMs: 60_000 });
  readonly #stopping = new AbortController();
  /** The process that exists now, ready or not: what `stop` has to end. */
  #child: ChildProcess | null = null;
  #ready = false;
  #stopped: Promise<void> | null = null;

  constructor(private readonly options: ServerOptions) {}

  get pid(): number | null {
    return this.#ready ? (this.#child?.pid ?? null) : null;
  }

  async start(): Promise<void> {
    const child = await this.#launch();
    this.#ready = true;
    child.once("exit", (code, signal) => void this.#restart(signal ?? `code ${code}`));
    if (hasEnded(child)) await this.#restart("at once");
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child === null || hasEnded(child)) return;
    const exited = once(child, "exit");
    child.kill(this.options.stopSignal);
    const timer = setTimeout(() => {
      this.options.log.warn({ child: this.options.name }, "The server did not stop in time and is killed");
      child.kill("SIGKILL");
    }, this.options.stopTimeoutMs);
    await exited;
    clearTimeout(timer);
  }

  /** Resolves with a child that has said that it is ready; leaves none when it throws. */
  async #launch(): Promise<ChildProcess> {
    const { command, args, env, name, isReady, isWarning, startTimeoutMs, log } = this.options;
    // A process group of its own: Ctrl-C in a terminal must not reach it before we are done with it.
    const child = spawn(command, args, { env: childEnvironment(env), detached: true, stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    let tail: LineTail | undefined;
    const problem = await new Promise<string | null>((resolve) => {
      tail = new LineTail([child.stdout, child.stderr], (line) => {
        if (isReady(line)) resolve(null);
        if (isWarning?.(line)) log.warn({ child: name }, line);
      });
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
      setTimeout(() => resolve(`it was not ready within ${startTimeoutMs} ms`), startTimeoutMs).unref();
    });
    if (problem === null) return child;
    if (!hasEnded(child)) {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
    throw new AppError("INTERNAL_SERVER_ERROR", `${name} did not start: ${problem}.${tail}`);
  }

  async #restart(reason: string): Promise<void> {
    const { name, log } = this.options;
    this.#ready = false;
    if (this.#stopping.signal.aborted) return;
    const { waitMs } = this.#policy.died();
    log.warn({ child: name, reason, waitMs }, "A server died and is started again");
    await pause(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    if (this.#stopping.signal.aborted) return;
    try {
      await this.start();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      log.error({ child: name, err: error }, "A server could not be started again");
      await this.#restart("it did not start");
    }
  }
}

/** Also true of one that never ran, because its program is not there. */
const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid === undefined || exitCode !== null || signalCode !== null;
