// An embeddings API on a real socket, whose vectors follow from the inputs alone, and which misbehaves as it is told.
//
//   node checks/encoders/api-stub.mjs '{ "protocol": "jina", "dimension": 64, "key": "…", "maxWords": 512 }'
//
// It prints its port. POST /v1/embeddings as the protocol has it; POST /faults { next: [names], rate, names, seed } says what to do to
// the requests that come; GET /faults what was done.
import { createServer } from "node:http";
import { randomFrom } from "../random.mjs";
import { FAULTS, right, send } from "./faults.mjs";
import { readInputs, vectorsFor } from "./read-inputs.mjs";

/** Whatever has this in it is never answered well: with 400, or with 500. */
const POISON = { refused: 400, deadly: 500 };

/** `drifted`: gives other vectors under the same name. */
const {
  protocol,
  dimension,
  key = null,
  maxWords = Infinity,
  asNumbers = false,
  drifted = false,
} = JSON.parse(process.argv[2]);
let faults = { next: [], rate: 0, names: Object.keys(FAULTS) };
let random = randomFrom(1);
const told = { requests: 0, inputs: 0, most: 0, faults: {} };

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}

function nextFault() {
  const next = faults.next.shift();
  if (next !== undefined) return next === "none" ? null : next;
  return random.below(1_000) < faults.rate * 1_000 ? random.pick(faults.names) : null;
}

async function embed(request, response) {
  const body = await readJson(request);
  told.requests++;
  if (key !== null && request.headers.authorization !== `Bearer ${key}`)
    return send(response, 401, { detail: `the key ${request.headers.authorization} is not known` });
  if (body.model !== "made-up-clip") return send(response, 404, { detail: `there is no model ${body.model}` });
  const fault = nextFault();
  if (fault !== null) told.faults[fault] = (told.faults[fault] ?? 0) + 1;
  const inputs = readInputs(protocol, body);
  told.inputs += inputs.length;
  told.most = Math.max(told.most, inputs.length);
  for (const { text = "" } of inputs) {
    const [, poison] = /poison: (\w+)/.exec(text) ?? [];
    if (poison !== undefined) return send(response, POISON[poison], { detail: "no" });
    if (text.split(" ").length > maxWords)
      return send(response, 400, { detail: `the maximum context length is ${maxWords} words` });
  }
  const vectors = await vectorsFor(inputs, body.dimensions ?? dimension);
  const entries = vectors.map((vector, index) => ({ index, vector: drifted ? vector.toReversed() : vector }));
  if (fault === null) right(response, entries, asNumbers);
  else FAULTS[fault](response, entries);
}

const server = createServer(async (request, response) => {
  try {
    if (request.url === "/v1/embeddings") await embed(request, response);
    else if (request.method === "GET") send(response, 200, told);
    else {
      faults = { ...faults, ...(await readJson(request)) };
      random = randomFrom(faults.seed ?? 1);
      send(response, 200, {});
    }
  } catch (error) {
    send(response, 400, { detail: error.message });
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("disconnect", () => process.exit(0));
process.stdin.on("end", () => process.exit(0)).resume();
