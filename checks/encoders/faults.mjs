// What a bad API does to an answer. Each fault gets the response, the entries of the right answer and what is to be known.
const RETRY_AFTER_S = 1;

/** The entries as the protocol has them: base64 of 32-bit floats. */
export const encoded = (vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString("base64");

export const send = (response, status, body, headers = {}) =>
  response
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(typeof body === "string" ? body : JSON.stringify(body));

const answer = (response, entries) =>
  send(response, 200, {
    object: "list",
    data: entries.map(({ index, vector }) => ({ object: "embedding", index, embedding: encoded(vector) })),
  });

const refusal = (message) => ({ error: { message, type: "made_up" } });
const one = (entries, change) => entries.map((entry, i) => (i === entries.length >> 1 ? change(entry) : entry));

export const FAULTS = {
  stalls: () => undefined,
  resets: (response) => response.socket.resetAndDestroy(),
  truncates: (response, entries) => {
    const body = JSON.stringify({ data: entries.map(({ index, vector }) => ({ index, embedding: encoded(vector) })) });
    response.writeHead(200, { "content-length": body.length });
    response.write(body.slice(0, body.length >> 1), () => response.socket.destroy());
  },
  breaksJson: (response, entries) => {
    const body = JSON.stringify({ data: entries.map(({ index, vector }) => ({ index, embedding: encoded(vector) })) });
    send(response, 200, body.slice(0, body.length >> 1));
  },
  busy: (response) => send(response, 429, refusal("slow down"), { "retry-after": String(RETRY_AFTER_S) }),
  fails: (response) => send(response, 500, refusal("something broke")),
  restarts: (response) => send(response, 503, "<html>502 by a proxy</html>", { "content-type": "text/html" }),
  page: (response) => send(response, 200, "<html>Sign in</html>", { "content-type": "text/html" }),
  reorders: (response, entries) => answer(response, [...entries].reverse()),
  numbersWrongly: (response, entries) =>
    answer(
      response,
      entries.map((entry, i) => ({ ...entry, index: i + 1 })),
    ),
  numbersTwice: (response, entries) =>
    answer(
      response,
      entries.map((entry) => ({ ...entry, index: 0 })),
    ),
  otherDimension: (response, entries) =>
    answer(
      response,
      one(entries, ({ index, vector }) => ({ index, vector: vector.slice(1) })),
    ),
  notANumber: (response, entries) =>
    answer(
      response,
      one(entries, ({ index, vector }) => ({ index, vector: vector.with(0, Number.NaN) })),
    ),
  zero: (response, entries) =>
    answer(
      response,
      one(entries, ({ index, vector }) => ({ index, vector: vector.map(() => 0) })),
    ),
  tooFew: (response, entries) => answer(response, entries.slice(1)),
  tooMany: (response, entries) => answer(response, [...entries, { ...entries[0], index: entries.length }]),
  endless: (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () =>
      response.destroyed || (response.write(" ".repeat(65_536)) ? setImmediate(more) : response.once("drain", more));
    more();
  },
};

/** The right answer; `asNumbers`: in JSON rather than base64. */
export const right = (response, entries, asNumbers) =>
  asNumbers
    ? send(response, 200, { data: entries.map(({ index, vector }) => ({ index, embedding: [...vector] })) })
    : answer(response, entries);
