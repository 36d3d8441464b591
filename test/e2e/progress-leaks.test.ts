import { request as httpRequest } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { print } from "graphql";
import WebSocket from "ws";
import { IngestionProgressDocument, StartIngestionDocument } from "../generated/operations";
import { startTestServer, type TestServer } from "../support/server";

/** SUBSCRIPTIONS=10000 for a longer look. */
const SUBSCRIPTIONS = Number(process.env["SUBSCRIPTIONS"] ?? 2_000);
const A_SOCKET = 90;
const STREAMS = SUBSCRIPTIONS / 10;
const SOCKETS = (SUBSCRIPTIONS - STREAMS) / A_SOCKET;
const STREAMS_AT_ONCE = 50;
const query = print(IngestionProgressDocument);

let server: TestServer;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  // With an encoder that stands still the job goes on for as long as it is watched.
  process.kill(server.children().encoder!, "SIGSTOP");
  const input = { texts: Array.from({ length: 200 }, (_, i) => ({ text: `watched ${i}` })) };
  id = (await server.ask(StartIngestionDocument, { input })).data.startIngestion.id;
});
afterAll(async () => {
  const { encoder } = server.children();
  if (encoder !== null) process.kill(encoder, "SIGKILL");
  await server.remove();
});

/** How a client goes: it says that it is done, closes its socket, or is cut off. */
type Farewell = "complete" | "close" | "terminate";

async function watchOverSocket(farewell: Farewell): Promise<void> {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", (data) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === "error") reject(new Error(String(data)));
      if (type === "next" && ++seen === A_SOCKET) resolve();
      if (type !== "connection_ack") return;
      for (let i = 0; i < A_SOCKET; i++) {
        socket.send(JSON.stringify({ id: String(i), type: "subscribe", payload: { query, variables: { id } } }));
      }
    });
  });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  if (farewell === "complete") {
    for (let i = 0; i < A_SOCKET; i++) socket.send(JSON.stringify({ id: String(i), type: "complete" }));
  }
  if (farewell === "terminate") socket.terminate();
  else socket.close();
  await closed;
}

/** Cuts the connection as soon as the first state has come. */
function watchOverStream(): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    const request = httpRequest(
      `${server.url}/graphql/stream`,
      { method: "POST", headers, agent: false },
      (response) => {
        response.on("error", () => undefined);
        response.on("data", (piece) => String(piece).includes("event: next") && request.destroy());
        response.once("close", resolve);
      },
    );
    request.once("error", reject);
    request.end(JSON.stringify({ query, variables: { id } }));
  });
}

async function watchAndLeave(): Promise<void> {
  const farewells: readonly Farewell[] = ["complete", "close", "terminate"];
  for (let i = 0; i < SOCKETS; i += 4) {
    await Promise.all([0, 1, 2, 3].map((j) => watchOverSocket(farewells[(i + j) % 3]!)));
  }
  for (let i = 0; i < STREAMS; i += STREAMS_AT_ONCE) {
    await Promise.all(Array.from({ length: STREAMS_AT_ONCE }, watchOverStream));
  }
}

const resources = () => process.getActiveResourcesInfo().filter((name) => /TCPSocketWrap|Timeout/.test(name)).length;

/** What was closed here is closed there a moment later; what is left then. */
async function left(most: number): Promise<{ watched: number; resources: number }> {
  for (let tries = 0; tries < 200 && (resources() > most || server.watched() > 0); tries++) await pause(50);
  return { watched: server.watched(), resources: resources() };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const heapBytes = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

it("leaves nothing behind of subscriptions that are opened and dropped while a job runs", async () => {
  await watchOverSocket("close");
  await watchOverStream();
  await left(0);
  const before = resources();
  await watchAndLeave();
  await left(before);
  const heapBefore = heapBytes();
  await watchAndLeave();
  const after = await left(before);
  expect(after.watched).toBe(0);
  expect(after.resources).toBeLessThanOrEqual(before);
  // An iterator that stays holds its operation: some tens of KiB each.
  expect(heapBytes() - heapBefore).toBeLessThan(SUBSCRIPTIONS * 2_048 + 8 * 1024 * 1024);
}, 300_000);
