import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../errors";
import { installerEnvironment } from "../../processes/child-environment";

const ROOT = join(__dirname, "../../..");
const INSTALLER = join(ROOT, "scripts/install-milvus-lite.mjs");
const IN_CLONE = ["bin/python", "Scripts/python.exe"].map((path) => join(ROOT, ".venv", path));

/** What the installer says at its end. */
type Said = { readonly python: string } | { readonly failure: string };

/** The Python of a clone's .venv; undefined where there is none. */
export const pythonInClone = (): string | undefined => IN_CLONE.find((path) => existsSync(path));

/**
 * A Python that has Milvus Lite: a clone's own, else the one in the cache folder, into which it is installed on first use
 * with its progress on the standard error. Throws STORE_UNAVAILABLE with what to do.
 */
export async function litePython(cacheFolder: string): Promise<string> {
  const inClone = pythonInClone();
  if (inClone !== undefined) return inClone;
  const child = fork(INSTALLER, [cacheFolder], {
    env: installerEnvironment(),
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const said = await lastWord(child);
  if ("python" in said) return said.python;
  throw new AppError("STORE_UNAVAILABLE", `Milvus Lite could not be installed: ${said.failure}`);
}

function lastWord(child: ChildProcess): Promise<Said> {
  return new Promise((resolve) => {
    child.once("message", (said) => resolve(said as Said));
    child.once("error", (error) => resolve({ failure: error.message }));
    child.once("close", (code, signal) => resolve({ failure: `the installation ended with ${signal ?? code}` }));
  });
}
