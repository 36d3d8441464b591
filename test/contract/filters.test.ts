import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const onServer = existsSync(join(ROOT, ".cache/test-milvus/bin/milvus-server")) ? describe : describe.skip;

/** What `npm run check:filters` says with these arguments, and what of it tells of a failure. */
function check(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, "checks/filters.mjs"), ...args], {
    encoding: "utf8",
  });
  return { stdout, outcome: { status, stderr, failures: stdout.match(/^ +FAILED .*/gm) } };
}

const PASSED = { status: 0, stderr: "", failures: null };

describe("in Milvus Lite", () => {
  it("a thousand generated filters mean what `matches` says", () => {
    const { stdout, outcome } = check("--only", "lite", "--count", "1000");
    expect(outcome).toEqual(PASSED);
    expect(stdout).toMatch(/Lite: 1000 tried, \d{3} compared .*, 0 wrong/);
  }, 300_000);
});

onServer("in a Milvus server", () => {
  it("a thousand generated filters mean what `matches` says", () => {
    const { stdout, outcome } = check("--only", "server", "--count", "1000");
    expect(outcome).toEqual(PASSED);
    expect(stdout).toMatch(/server: 1000 tried, \d{3} compared .*, 0 wrong/);
  }, 600_000);
});
