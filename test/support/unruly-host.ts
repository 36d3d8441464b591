import { createServer, type RequestListener } from "node:http";
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
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
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
