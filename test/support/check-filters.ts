import { spawnSync } from "node:child_process";
import { join } from "node:path";

const CHECK = join(__dirname, "../../checks/filters.mjs");

/** What `npm run check:filters` with a thousand filters and these arguments comes to. */
export function checkFilters(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHECK, "--count", "1000", ...args], {
    encoding: "utf8",
  });
  const failures = stdout.match(/^ +FAILED .*/gm);
  return { status, stderr, failures, tried: /(\d+) tried, \d{3} compared .*, 0 wrong/.exec(stdout)?.[1] };
}

export const FILTERS_HOLD = { status: 0, stderr: "", failures: null, tried: "1000" };
