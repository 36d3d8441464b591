import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface ApiStubOptions {
  readonly protocol: "jina" | "openai" | "infinity" | "vllm";
  readonly dimension: number;
  readonly key?: string;
  readonly maxWords?: number;
  /** Vectors as JSON numbers instead of base64. */
  readonly asNumbers?: boolean;
  /** Other vectors than without, under the same name. */
  readonly drifted?: boolean;
}

/** An embeddings API in a process of its own that misbehaves as it is told. */
export interface ApiStub {
  /** Ends in /v1/embeddings. */
  readonly url: string;
  /** What to do to the next requests, by the names in checks/encoders/faults.mjs; "none": nothing. */
  faults(...next: string[]): Promise<void>;
  told(): Promise<{ requests: number; inputs: number; most: number; faults: Record<string, number> }>;
  stop(): Promise<void>;
}

export async function startApiStub(options: ApiStubOptions): Promise<ApiStub> {
  const program = join(__dirname, "../../../checks/encoders/api-stub.mjs");
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const base = `http://127.0.0.1:${port}`;
  return {
    url: `${base}/v1/embeddings`,
    faults: async (...next) => {
      await fetch(`${base}/faults`, { method: "POST", body: JSON.stringify({ next }) });
    },
    told: async () => (await fetch(`${base}/faults`)).json() as ReturnType<ApiStub["told"]>,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
