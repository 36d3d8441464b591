import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import express from "express";
import { encoderRoute, type ServedEncoder } from "../../../src/http/encoder-route";
import type { Gone } from "../../../src/ports/gone";

it("tells the model who hangs up while it waits, and goes on", async () => {
  const callers: Gone[] = [];
  let answer: () => void = () => undefined;
  const encoder: Pick<ServedEncoder, "embed"> = {
    embed: async (_, gone) => {
      callers.push(gone);
      await new Promise<void>((resolve) => (answer = resolve));
      if (gone.aborted) throw gone.reason;
      return Buffer.from("vectors");
    },
  };
  const app = express()
    .set("env", "test")
    .use("/encoder/v1", encoderRoute({ encoder: encoder as ServedEncoder, secret: "secret" }));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/encoder/v1/embed`;
  const headers = { authorization: "Bearer secret" };
  const hanging = httpRequest(url, { method: "POST", headers }).on("error", () => undefined);
  hanging.setHeader("content-length", 2);
  hanging.end("{}");
  while (callers.length < 1) await pause(5);
  expect(callers[0]!.aborted).toBe(false);
  hanging.destroy();
  while (!callers[0]!.aborted) await pause(5);
  expect(callers[0]!.reason).toMatchObject({ code: "BAD_USER_INPUT" });
  answer();
  const next = fetch(url, { method: "POST", headers, body: "{}" });
  while (callers.length < 2) await pause(5);
  answer();
  expect(await (await next).text()).toBe("vectors");
  server.close();
});
