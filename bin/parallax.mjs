#!/usr/bin/env node
/**
 * `npx parallax-search …`, in a clone `npx parallax …` too. A clone is brought into working order first, like by every npm
 * script; the package and the image have what is built, and get Milvus Lite when it is first needed.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkNode } from "../scripts/setup/check-node.mjs";

try {
  checkNode();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const setUp = fileURLToPath(new URL("../scripts/setup.mjs", import.meta.url));
if (existsSync(setUp)) {
  const { status } = spawnSync(process.execPath, [setUp, "--build"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
}
await import("../dist/cli/parallax.js");
