// The real server, but one that kills itself without a farewell the n-th time that it comes to a named point:
// node checks/kill-points.mjs POINT N. What it runs is dist/main.js; the points are put in from outside.
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(import.meta.url);
const [point, count] = [process.argv[2], Number(process.argv[3])];
let met = 0;

function here(name) {
  if (name === point && ++met === count) process.kill(process.pid, "SIGKILL");
}

/** Calls `before` and `after` around a method; `after` gets what it resolved with. */
function around(target, method, before, after = () => undefined) {
  const original = target[method];
  target[method] = async function (...args) {
    before(...args);
    const result = await original.apply(this, args);
    after(result);
    return result;
  };
}
const nothing = () => undefined;

const { LibsqlQueue } = require("../dist/ledger/libsql-queue.js");
around(LibsqlQueue.prototype, "take", nothing, (items) => items.length > 0 && here("taken"));
around(LibsqlQueue.prototype, "intend", nothing, () => here("intended"));
around(LibsqlQueue.prototype, "settle", nothing, () => here("settled"));
around(
  LibsqlQueue.prototype,
  "release",
  () => here("releasing"),
  () => here("released"),
);

const { Database } = require("../dist/ledger/database.js");
const startsItems = (statements) => statements.some(({ sql }) => sql.startsWith("INSERT INTO items"));
const { write } = Database.prototype;
Database.prototype.write = async function (statements) {
  const results = await write.call(this, statements);
  if (startsItems(statements)) here("starting");
  return results;
};

const { MilvusStore } = require("../dist/stores/milvus/milvus-store.js");
around(
  MilvusStore.prototype,
  "upsert",
  (documents) => documents.length > 0 && point === "upserting" && void pause(3).then(() => here("upserting")),
  () => here("upserted"),
);

/** Parts that a module makes; what it exports is looked up at each call. */
const made = (module, opener, method, name) =>
  around(require(module), opener, nothing, (part) => around(part, method, nothing, () => here(name)));
made("../dist/images/decode/decoder.js", "startImageDecoder", "decode", "decoded");
made("../dist/images/media/open-media-store.js", "openMediaStore", "put", "kept");

require("../dist/main.js");
