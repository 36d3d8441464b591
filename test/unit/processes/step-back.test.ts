import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const MODULE = join(__dirname, "../../../dist/processes/step-back.js");
const TOLD = `require(${JSON.stringify(MODULE)}).stepBack(); console.log(require("node:os").getPriority())`;

/** The niceness of a process that was started with so much more of it than ours, once it stepped back. */
const steppedBack = async (more: number): Promise<number> =>
  Number((await run("nice", ["-n", String(more), process.execPath, "-e", TOLD])).stdout);

it("lets others go first, and never comes forward from where it was put", async () => {
  expect(await steppedBack(0)).toBeGreaterThanOrEqual(10);
  expect(await steppedBack(19)).toBe(19);
});
