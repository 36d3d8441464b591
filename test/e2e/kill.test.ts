import { execFile } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** What `npm run check:kill` says with these arguments. */
const check = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const program = [join(root, "checks/kill.mjs"), ...args];
    execFile(process.execPath, program, { cwd: root }, (error, stdout, stderr) =>
      resolve(error === null ? stdout : `${stdout}${stderr}exit ${error.code}`),
    );
  });

let said: string;
beforeAll(async () => {
  said = await check("--items", "400", "--first", "5", "--rounds", "3", "--short");
}, 400_000);

it("ingests exactly what was asked for, whatever is killed meanwhile", () => {
  expect(said.match(/^seed 1, round \d+: .*; exact$/gm)).toHaveLength(3);
  expect(said).toMatch(/server at upserted/);
  expect(said).toMatch(/\nlost +0\n/);
  expect(said).not.toMatch(/FAILED|exit/);
});

it("waits for a full disk and a Milvus that stands still, and loses nothing", () => {
  expect(said.match(/^a .*; (exact|skipped: .*)$/gm)).toHaveLength(3);
});
