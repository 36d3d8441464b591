// A server of chat completions on a socket of its own, behind which the reader sits. `mode` says how it behaves.
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { readAndAnswer } from "./reader.mjs";

const PIECE = 7;
/** A number of no source: at most 12 are sent. */
const INVENTED = 97;

export async function startChatServer() {
  const seen = { mode: "read", calls: 0, underWay: 0, hungUp: 0, invented: 0, sources: [] };
  const server = createServer(async (request, response) => {
    seen.calls++;
    seen.underWay++;
    response.once("close", () => {
      seen.underWay--;
      if (!response.writableFinished) seen.hungUp++;
    });
    let body = "";
    for await (const piece of request) body += piece;
    const { text, sources } = readAndAnswer(JSON.parse(body).messages);
    seen.sources = sources;
    await MODES[seen.mode](response, text, seen);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return Object.assign(seen, { baseUrl: `http://127.0.0.1:${server.address().port}/v1`, stop });
}

const MODES = {
  read: async (response, text) => {
    await say(response, text);
    end(response, "stop");
  },
  "cite what is not there": async (response, text, seen) => {
    const invented = text.replace(/\[(\d+)\]/g, `[$1][${INVENTED}]`);
    seen.invented += invented.split(`[${INVENTED}]`).length - 1;
    await say(response, invented);
    end(response, "stop");
  },
  stall: (response, text) => say(response, text.slice(0, 20)),
  "break off": async (response, text) => {
    await say(response, text.slice(0, 20));
    response.destroy();
  },
  "stop at its length": async (response, text) => {
    await say(response, text.slice(0, 20));
    end(response, "length");
  },
};

async function say(response, text) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let at = 0; at < text.length; at += PIECE) {
    event(response, { choices: [{ delta: { content: text.slice(at, at + PIECE) }, finish_reason: null }] });
    await pause(2);
  }
}

function end(response, finish_reason) {
  event(response, { choices: [{ delta: {}, finish_reason }] });
  event(response, { choices: [], usage: { prompt_tokens: 100, completion_tokens: 10 } });
  response.end("data: [DONE]\n\n");
}

const event = (response, data) => void response.write(`data: ${JSON.stringify(data)}\n\n`);
