import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { S3 } from "@aws-sdk/client-s3";

const PYTHON = join(__dirname, "../../.cache/test-s3/bin/python");
const START_TIMEOUT_MS = 60_000;

/** Whether there is an S3 server to test on; scripts/setup.mjs --test-server installs it where it can be had. */
export const hasS3Server = existsSync(PYTHON);

export const S3_KEYS = { accessKeyId: "test", secretAccessKey: "test-secret", sessionToken: null };

/** A real S3 server (moto) on a free port, with a bucket called "media". */
export interface S3Server {
  readonly endpoint: string;
  readonly client: S3;
  /** Without a farewell. */
  kill(): Promise<void>;
}

export async function startS3Server(): Promise<S3Server> {
  const port = await freePort();
  const child = spawn(PYTHON, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: S3_KEYS.accessKeyId, secretAccessKey: S3_KEYS.secretAccessKey },
  });
  await answering(endpoint, child);
  await client.createBucket({ Bucket: "media" });
  const kill = async () => {
    client.destroy();
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { endpoint, client, kill };
}

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until && child.exitCode === null) {
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return;
    await delay(100);
  }
  child.kill("SIGKILL");
  throw new Error("the S3 server for the tests did not start");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
