import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { pino } from "pino";
import { startApp, type App } from "../../src/app";
import { readConfig } from "../../src/config/read-config";
import type { Log } from "../../src/log";

export interface GraphQLAnswer<T> {
  readonly status: number;
  readonly data: T;
  readonly errors?: { message: string; extensions: { code: string; retryable?: boolean } }[];
}

/** A whole Parallax on a free port with a data folder of its own, and a client as a front end would write it. */
export interface TestServer extends App {
  readonly folder: string;
  ask<R, V>(operation: TypedDocumentNode<R, V> | string, variables?: V): Promise<GraphQLAnswer<R>>;
  /** Stops it and starts another one on the same data. */
  restart(): Promise<TestServer>;
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

export interface TestServerOptions {
  readonly env?: Record<string, string>;
  readonly folder?: string;
  readonly log?: Log;
}

export async function startTestServer({ env = {}, folder, log }: TestServerOptions = {}): Promise<TestServer> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), "parallax-")));
  const defaults = {
    MODEL: "mini-clip",
    PORT: "0",
    DATA_FOLDER: data,
    MILVUS_URI: join(data, "milvus"),
    CACHE_FOLDER: join(data, "cache"),
  };
  const app = await startApp(readConfig({ ...defaults, ...env }), log ?? pino({ level: "silent" }));
  const ask = async <R, V>(operation: TypedDocumentNode<R, V> | string, variables?: V): Promise<GraphQLAnswer<R>> => {
    const query = typeof operation === "string" ? operation : print(operation);
    const body = JSON.stringify({ query, variables });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${app.url}/graphql`, { method: "POST", headers, body });
    return { status: response.status, ...((await response.json()) as { data: R }) };
  };
  const restart = async () => {
    await app.stop();
    return startTestServer({ env, folder: data, ...(log ? { log } : {}) });
  };
  const remove = async () => {
    await app.stop();
    await rm(data, { recursive: true, force: true });
  };
  return { ...app, folder: data, ask, restart, remove };
}
