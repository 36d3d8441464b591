import { spawnSync } from "node:child_process";
import { join } from "node:path";

const CHECK = join(__dirname, "../../../../checks/inputs.mjs");

it("loses, changes and hides nothing of some hundred generated lists", () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHECK, "--count", "250", "--api", "0"], {
    encoding: "utf8",
  });
  expect({ status, stderr, failures: stdout.match(/^ +FAILED .*/gm) }).toEqual({
    status: 0,
    stderr: "",
    failures: null,
  });
  expect(
    stdout.match(/250 lists, \d{4} good rows and \d{3} bad ones: 0 lost, 0 changed, 0 untold, 0 invented/g),
  ).toHaveLength(2);
});
