import { chmod, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { rootFolder } from "../../scripts/setup/folders.mjs";
import { FINGERPRINT } from "./documents.mjs";

const require = createRequire(import.meta.url);
const { openMilvus } = require("../../dist/stores/milvus/open-milvus.js");

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** A store in a folder, on a Milvus Lite without some patches; `python` leads to a file that may be written. */
export async function openWithout(patches, uri, python) {
  const options = patches.map((patch) => `--without ${patch}`).join(" ");
  await writeFile(python, `#!/bin/sh\nexec "${join(rootFolder, ".venv/bin/python")}" "$@" ${options}\n`);
  await chmod(python, 0o755);
  const lite = { uri, token: null, litePython: python, prefix: "bench", timeoutMs: 600_000, log };
  const collections = await openMilvus(lite);
  const store = await collections.open(FINGERPRINT);
  return { store, litePid: () => collections.litePid, stop: () => collections.close() };
}
