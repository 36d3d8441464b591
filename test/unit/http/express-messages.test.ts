import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { messagesOf } from "../../../src/http/express-messages";

let server: Server;
afterEach(() => server?.close());

test("requests and responses have the prototypes of their app before Express sees them, and all that it adds", async () => {
  const app = express();
  app.get("/seen", (request, response) => void response.status(201).json({ host: request.get("host") }));
  const before: boolean[] = [];
  server = createServer(messagesOf(app), (request, response) => {
    before.push(Object.getPrototypeOf(request) === app.request, Object.getPrototypeOf(response) === app.response);
    app(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const response = await fetch(`http://${host}/seen`);
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ host });
  expect(before).toEqual([true, true]);
});
