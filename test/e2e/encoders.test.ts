import { execFile } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** What `npm run check:encoders` says with these arguments. */
const check = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const program = [join(root, "checks/encoders.mjs"), ...args];
    execFile(process.execPath, program, { cwd: root }, (error, stdout, stderr) =>
      resolve(error === null ? stdout : `${stdout}${stderr}exit ${error.code}`),
    );
  });

it("stores no wrong vector and loses nothing, whatever an API answers", async () => {
  const said = await check("--only", "api", "--texts", "300", "--pictures", "30", "--protocol", "vllm");
  expect(said).toMatch(/\nwrong vectors stored +0\n/);
  expect(said).toMatch(/\nstored +328\n/);
  expect(said).not.toMatch(/^FAILED$|^exit/m);
}, 300_000);

it("stores exactly the model's vectors while the server that encodes is killed", async () => {
  const said = await check("--only", "parallax", "--items", "300", "--kills", "2");
  expect(said).toMatch(/\ntimes that it was killed +2\n/);
  expect(said).not.toMatch(/^FAILED$|^exit/m);
}, 400_000);
