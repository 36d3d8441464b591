/** The oldest that all dependencies allow. */
const OLDEST_NODE = [20, 18, 1];

/** Throws where this Node is too old. */
export function checkNode() {
  const parts = process.versions.node.split(".").map(Number);
  const differing = parts.findIndex((part, i) => part !== OLDEST_NODE[i]);
  if (differing === -1 || parts[differing] > OLDEST_NODE[differing]) return;
  throw new Error(`Parallax needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
}
