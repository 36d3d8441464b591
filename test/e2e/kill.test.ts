import { execFile } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** What `npm run check:kill` says with these arguments. */
const check = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const program = [join(root, "checks/kill.mjs"), "--items", "400", ...args];
    execFile(process.execPath, program, { cwd: root }, (error, stdout, stderr) =>
      resolve(error === null ? stdout : `${stdout}${stderr}exit ${error.code}`),
    );
  });

it("ingests exactly what was asked for, whatever is killed meanwhile", async () => {
  const said = await check("--only", "rounds", "--first", "4", "--rounds", "4");
  expect(said).toMatch(/server at intended/);
  expect(said).toMatch(/server at upserted/);
  expect(said).toMatch(/\nlost +0\n/);
  expect(said.match(/^round \d+: .*; exact$/gm)).toHaveLength(4);
  expect(said).not.toMatch(/FAILED|exit/);
}, 240_000);

it("waits for a full disk and a Milvus that stands still, and loses nothing", async () => {
  const said = await check("--only", "faults", "--short");
  expect(said.match(/^a .*; (exact|skipped: .*)$/gm)).toHaveLength(3);
  expect(said).not.toMatch(/FAILED|exit/);
}, 240_000);
