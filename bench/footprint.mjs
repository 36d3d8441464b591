import { rounded } from "./measure.mjs";
import { processTree } from "./stage.mjs";

const PARTS = [
  ["encoder, MB", /jina-clip-process/],
  ["decoders, MB", /decoder-process/],
  ["Milvus Lite, MB", /milvus-lite/],
];

/** Resident memory after the other benches; all of it against the bare model's process, which did the same work. */
export async function memory({ child, raw }) {
  const tree = processTree(child.pid);
  const sum = (rows) => rows.reduce((total, { megabytes }) => total + megabytes, 0);
  const parts = PARTS.map(([name, pattern]) => [name, sum(tree.filter(({ command }) => pattern.test(command)))]);
  const bare = sum(processTree(raw.child.pid));
  const figures = { "main, MB": sum(tree.filter(({ pid }) => pid === child.pid)), ...Object.fromEntries(parts) };
  figures["all, MB"] = sum(tree);
  figures["ONNX Runtime and sharp alone, MB"] = bare;
  const shown = Object.entries(figures).map(([name, megabytes]) => [name, rounded(megabytes)]);
  return { figures: Object.fromEntries(shown), ratio: rounded(figures["all, MB"] / bare) };
}

/** From launch to the first 200 on /ready, Milvus Lite and an empty data folder included; against loading the bare model. */
export async function startUp({ startMs, raw }) {
  const figures = { "to /ready, ms": rounded(startMs), "model alone, ms": rounded(raw.startMs) };
  return { figures, ratio: rounded(startMs / raw.startMs) };
}
