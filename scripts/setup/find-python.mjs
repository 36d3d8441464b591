import { spawnSync } from "node:child_process";

const OLDEST_PYTHON = "3.10";
const CANDIDATES = ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.10"];
const PROBE = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${OLDEST_PYTHON.replace(".", ", ")}))`;

/** The command of a Python that is new enough and can make virtual environments; throws with what to install. */
export function findPython() {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : CANDIDATES;
  const found = candidates.find((command) => spawnSync(command, ["-c", PROBE], { stdio: "ignore" }).status === 0);
  if (found) return found;
  throw new Error(
    `Milvus Lite needs Python ${OLDEST_PYTHON} or newer with venv, and none of ${candidates.join(", ")} is one. Install it ` +
      "(Debian and Ubuntu: `apt install python3 python3-venv`; macOS: `brew install python`) or set PYTHON to its path. " +
      "A Milvus server needs no Python: MILVUS_URI=http://its-host:19530.",
  );
}
