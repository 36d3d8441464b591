const OLDEST_NODE = [20, 11];

/** Throws where this Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(`Parallax needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
}
