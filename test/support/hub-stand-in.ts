import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export const HUB_SHA = "0123456789abcdef0123456789abcdef01234567";

/** Answers a request for a file in place of the stand-in; false leaves it to the stand-in. */
export type FileTrouble = (
  file: { path: string; bytes: Buffer },
  request: IncomingMessage,
  response: ServerResponse,
) => boolean;

export interface HubOptions {
  /** Hub id -> local folder. */
  readonly models: Record<string, string>;
  readonly trouble?: FileTrouble;
  /** Changes the list of files before it is sent. */
  readonly changeListing?: (entries: object[]) => object[];
  /** Sends files by way of another address, as a hub with a CDN does. */
  readonly redirects?: boolean;
}

export interface HubStandIn {
  readonly url: string;
  /** Every request so far: "GET path" and, where one was asked for, the range. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/** Starts a local server that speaks as much of a model hub's HTTP interface as the download needs. */
export async function startHubStandIn(options: HubOptions): Promise<HubStandIn> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    requests.push([`GET ${path}`, request.headers.range].filter(Boolean).join(" "));
    answer(options, path, request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, stop };
}

/** The bytes from the asked range on, or all of them. */
export function sendFile(bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
  if (from === undefined) {
    response.writeHead(200, { "content-length": bytes.length }).end(bytes);
    return;
  }
  const rest = bytes.subarray(Number(from));
  const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(206, { "content-length": rest.length, "content-range": range }).end(rest);
}

function answer(options: HubOptions, path: string, request: IncomingMessage, response: ServerResponse): void {
  const [, api, id = "", rest = ""] = /^\/(api\/models\/|cdn\/)?([^/]+\/[^/]+)\/(.*)$/.exec(path) ?? [];
  const folder = options.models[id];
  if (folder === undefined) return void response.writeHead(404).end(`{"error":"Repository not found"}`);
  if (api === "api/models/")
    return sendJson(response, rest.startsWith("tree/") ? listing(options, folder) : { sha: HUB_SHA });
  const file = rest.replace(`resolve/${HUB_SHA}/`, "");
  if (options.redirects && api === undefined) return void response.writeHead(302, { location: `/cdn${path}` }).end();
  const bytes = readFileSync(join(folder, file));
  if (!options.trouble?.({ path: file, bytes }, request, response)) sendFile(bytes, request, response);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function listing({ changeListing = (entries) => entries }: HubOptions, folder: string): object[] {
  const paths = readdirSync(folder, { recursive: true }).map(String);
  return changeListing(paths.map((path) => entryOf(folder, path)));
}

function entryOf(folder: string, path: string): object {
  const stats = statSync(join(folder, path));
  if (stats.isDirectory()) return { type: "directory", path, size: 0 };
  const sha256 = () =>
    createHash("sha256")
      .update(readFileSync(join(folder, path)))
      .digest("hex");
  const lfs = path.endsWith(".onnx") ? { lfs: { oid: sha256(), size: stats.size } } : {};
  return { type: "file", path, size: stats.size, ...lfs };
}
