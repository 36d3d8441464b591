// Which process a piece of work costs how much, so that a row can say what bounds it.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { processTree } from "./server.mjs";

/** The processes of a server besides its main one, and how each is told by its command. */
export const KINDS = [
  ["encoder", /onnx-encoder-process/],
  ["decoders", /decoder-process/],
  ["Milvus Lite", /milvus-lite/],
];
/** Of `utime` and `stime` in proc(5); Linux has had 100 a second on every machine since 2.6. */
const MS_A_TICK = 10;

/** Processor time so far by kind of process, in ms: the servers', their children's and this one's, which asks. */
function spentBy(servers) {
  const { user, system } = process.cpuUsage();
  const spent = { main: 0, encoder: 0, decoders: 0, "Milvus Lite": 0, clients: (user + system) / 1_000 };
  for (const { pid, command } of servers.flatMap((one) => processTree(one.pid))) {
    const kind = KINDS.find(([, pattern]) => pattern.test(command))?.[0] ?? "main";
    spent[kind] += ticksOf(pid) * MS_A_TICK;
  }
  return spent;
}

function ticksOf(pid) {
  // The name of a process may hold spaces; what follows it does not.
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [utime, stime] = fields.join(") ").split(" ").slice(11, 13).map(Number);
  return utime + stime;
}

/**
 * Adds up what rounds of work cost. `during(count, work)`: does the work, which handles so many items, and gives its result;
 * `figures()`: processor milliseconds an item by process, and how many cores were busy on average. Nothing but on Linux.
 */
export function spending(...servers) {
  if (process.platform !== "linux") return { during: (_, work) => work(), figures: () => ({}) };
  const sum = {};
  let [items, wallMs] = [0, 0];
  const during = async (count, work) => {
    const [before, began] = [spentBy(servers), performance.now()];
    const result = await work();
    wallMs += performance.now() - began;
    items += count;
    for (const [kind, ms] of Object.entries(spentBy(servers))) sum[kind] = (sum[kind] ?? 0) + ms - before[kind];
    return result;
  };
  return { during, figures: () => figuresOf(sum, items, wallMs) };
}

/** What a server that has just become ready spent on that, by process. Nothing but on Linux. */
export function spentOnStart(server) {
  if (process.platform !== "linux") return {};
  const { clients: _, ...spent } = spentBy([server]);
  return figuresOf(spent, 1, server.startMs);
}

function figuresOf(spent, items, wallMs) {
  const total = Object.values(spent).reduce((all, one) => all + one, 0);
  const each = Object.entries(spent).map(([kind, ms]) => [`${kind}, CPU ms each`, ms / items]);
  return { ...Object.fromEntries(each), [`cores busy of ${availableParallelism()}`]: total / wallMs };
}
