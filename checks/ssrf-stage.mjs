import { createServer, isIP } from "node:net";

/** All of the public internet there is here, every address of it on loopback in truth. */
export const PUBLIC = ["93.184.216.34", "93.184.216.35", "2606:2800:220:1:248:1893:25c8:1946"];

const LOOPBACK = /^(127\.|0\.0\.0\.0$|::1?$|::ffff:(127\.|7f00:))/;
/** Of addresses alone: a name is never one, so that none is looked up. */
export const isLoopback = (address) => isIP(address) !== 0 && LOOPBACK.test(address);

/** Listens on loopback where it can: a new port, and the ports that URLs without one mean. Answers and counts. */
export async function startCanary() {
  const canary = { connections: 0, port: 0, defaultPorts: [], stop };
  const servers = [];
  const listen = (port, host) =>
    new Promise((ready) => {
      const server = createServer((socket) => {
        canary.connections++;
        socket
          .on("error", () => undefined)
          .resume()
          .end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\ncanary");
      });
      server.once("error", () => ready(null));
      server.listen(port, host, () => {
        servers.push(server);
        ready(server.address().port);
      });
    });
  async function stop() {
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  }
  canary.port = await listen(0, "127.0.0.1");
  if (canary.port === null) throw new Error("the canary cannot listen on 127.0.0.1.");
  await listen(canary.port, "::1");
  for (const port of [80, 443]) {
    const listening = await Promise.all([listen(port, "127.0.0.1"), listen(port, "::1")]);
    if (listening[0] !== null) canary.defaultPorts.push(port);
  }
  return canary;
}

/**
 * A host of the public internet: /<status>/<i> redirects to `locations[i]`, byte for byte, /again to itself, and
 * everything else is a picture. A connection serves one request, so that each one is dialled.
 */
export async function startPublicHost(locations) {
  const say = (head, body = "") =>
    `HTTP/1.1 ${head}\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const server = createServer((socket) => {
    socket
      .on("error", () => undefined)
      .once("data", (bytes) => {
        const [, path] = bytes.toString("latin1").split(" ");
        const [, status, i] = /^\/(\d{3})\/(\d+)$/.exec(path) ?? [];
        if (status) socket.end(say(`${status} Found\r\nlocation: ${locations[Number(i)]}`));
        else if (path === "/again") socket.end(say("302 Found\r\nlocation: /"));
        else socket.end(say("200 OK", "picture"));
      });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { port: server.address().port, stop: () => new Promise((done) => server.close(done)) };
}

/**
 * Notes every address that it is asked to dial. Public ones lead to the public host, loopback ones in truth to the
 * canary at its port; any other is never dialled. `fails(options)` says which connections break.
 */
export function recordingDialler(dial, canary, publicHost, fails = () => false) {
  const record = {
    dials: 0,
    inside: [],
    dial: async (to) => {
      record.dials++;
      const isPublic = PUBLIC.includes(to.hostname);
      if (!isPublic) record.inside.push(to.hostname);
      if (fails(to)) throw Object.assign(new Error("broken"), { code: "ECONNRESET" });
      if (isPublic) return dial({ ...to, protocol: "http:", hostname: "127.0.0.1", port: String(publicHost.port) });
      if (isLoopback(to.hostname)) return dial({ ...to, protocol: "http:", port: String(canary.port) });
      throw Object.assign(new Error("not dialled"), { code: "ENETUNREACH" });
    },
  };
  return record;
}
