import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface UnrulyHost {
  readonly port: number;
  /** "http://127.0.0.1:<port>" */
  readonly url: string;
  /** How many connections it has seen. */
  readonly connections: number;
  /** Paths asked for, in order. */
  readonly paths: readonly string[];
  stop(): Promise<void>;
}

/** Starts a server on loopback that answers as the test says. */
export async function startUnrulyHost(answer: RequestListener): Promise<UnrulyHost> {
  const paths: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    answer(request, response);
  });
  server.on("connection", (socket: Socket) => {
    connections++;
    socket.on("error", () => undefined);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    paths,
    stop,
    get connections() {
      return connections;
    },
  };
}

/**
 * Below the ports that the system hands out: one of those may have been a server's that was stopped, whose clients still try to reach it
 * and would count among the connections.
 */
async function listen(server: Server): Promise<void> {
  for (;;) {
    server.listen(11_000 + Math.floor(Math.random() * 9_000), "127.0.0.1");
    const failure = await once(server, "listening").then(
      () => null,
      (error: NodeJS.ErrnoException) => error,
    );
    if (failure === null) return;
    if (failure.code !== "EADDRINUSE") throw failure;
  }
}
