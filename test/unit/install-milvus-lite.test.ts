import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const script = join(__dirname, "../../scripts/install-milvus-lite.mjs");
const folder = mkdtempSync(join(tmpdir(), "parallax-install-"));
const cache = join(folder, "cache");
const programs = join(folder, "bin");
mkdirSync(programs);
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that does what a line of shell says. */
function program(name: string, line: string): string {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return path;
}

it("says what to install, and how to go without, where there is no Python", async () => {
  const failing = run(process.execPath, [script, cache], { env: { PATH: programs } });
  await expect(failing).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(
      /^setup: Milvus Lite needs Python 3\.10 .*python3-venv.*MILVUS_URI=http:\/\/its-host:19530\.\n$/,
    ),
  });
  expect(readdirSync(folder)).toEqual(["bin"]);
});

it("takes no Python that is too old", async () => {
  program("python3", "exit 1");
  const failing = run(process.execPath, [script, cache], { env: { PATH: programs } });
  await expect(failing).rejects.toMatchObject({ stderr: expect.stringContaining("none of python3, python,") });
});

it("tells a parent what went wrong instead of printing it", async () => {
  const env = { PATH: "/usr/bin:/bin", PYTHON: program("fails-later", '[ "$1" = -c ] || { echo "no room"; exit 3; }') };
  const child = fork(script, [cache], { env, execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let said = "";
  child.stderr!.on("data", (chunk: Buffer) => (said += String(chunk)));
  const [[message], [code]] = (await Promise.all([once(child, "message"), once(child, "close")])) as [
    [object],
    [number],
  ];
  expect(message).toEqual({ failure: expect.stringMatching(/failed \(3\):\nno room/) });
  expect([code, said]).toEqual([1, expect.stringMatching(/^setup: installing Milvus Lite .*…\n$/)]);
});

it("installs into a folder for its requirements, once", async () => {
  const env = {
    PATH: "/usr/bin:/bin",
    PYTHON: program(
      "makes-venv",
      `[ "$1" = -c ] || { mkdir -p "$3/bin"; printf '#!/bin/sh\\necho "$@" >> ${folder}/calls' > "$3/bin/python"; chmod +x "$3/bin/python"; }`,
    ),
  };
  const first = await run(process.execPath, [script, cache], { env });
  expect(first.stdout).toMatch(/cache\/milvus-lite\/[0-9a-f]{12}\/bin\/python\n$/);
  expect(first.stderr).toMatch(/installing Milvus Lite \(Python, about 450 MB\): done in/);
  expect(await run(process.execPath, [script, cache], { env: { PATH: programs } })).toEqual({
    stdout: first.stdout,
    stderr: "",
  });
});
