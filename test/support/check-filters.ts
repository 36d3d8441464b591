import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Enough to see a compiler that is broken; the check itself tries 10,000. */
const COUNT = "300";
const CHECK = join(__dirname, "../../checks/filters.mjs");

/** What `npm run check:filters` with a few hundred filters and these arguments comes to. */
export function checkFilters(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHECK, "--count", COUNT, ...args], {
    encoding: "utf8",
  });
  const failures = stdout.match(/^ +FAILED .*/gm);
  return { status, stderr, failures, tried: /(\d+) tried, \d{3} compared .*, 0 wrong/.exec(stdout)?.[1] };
}

export const FILTERS_HOLD = { status: 0, stderr: "", failures: null, tried: COUNT };
