#!/usr/bin/env node
/** `npx parallax …`: brings the clone into working order like every npm script, then hands over to src/cli/parallax.ts. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// An image of the server has what is built, and no scripts.
const setUp = fileURLToPath(new URL("../scripts/setup.mjs", import.meta.url));
if (existsSync(setUp)) {
  const { status } = spawnSync(process.execPath, [setUp, "--build"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
}
await import("../dist/cli/parallax.js");
