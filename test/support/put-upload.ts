import { connect, type Socket } from "node:net";
import { once } from "node:events";

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** A request written byte by byte, as no HTTP client would; `send` more, or read the answer, which may come early. */
export async function rawRequest(url: string, headers: Record<string, string>, method = "PUT") {
  const { hostname, port, host, pathname, search } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  await once(socket, "connect");
  let received = "";
  socket.on("data", (piece) => (received += piece.toString("latin1")));
  socket.on("error", () => undefined);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n`);
  const until = async (ending: RegExp) => {
    while (!ending.test(received)) await once(socket, "data");
  };
  return {
    socket,
    send: (bytes: Uint8Array | string) => socket.write(bytes),
    /** Waits for "100 Continue". */
    continued: () => until(/^HTTP\/1\.1 100 /),
    answer: async (): Promise<RawAnswer> => {
      await until(/HTTP\/1\.1 [2-5]\d\d [\s\S]*\}\s*$/);
      return { status: Number(/HTTP\/1\.1 ([2-5]\d\d) /.exec(received)![1]), text: received };
    },
  };
}
