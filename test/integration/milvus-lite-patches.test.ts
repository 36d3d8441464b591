import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../../src/log";
import { startMilvusLite } from "../../src/stores/milvus/milvus-lite";

const ROOT = join(__dirname, "../..");
const PYTHON = join(ROOT, ".venv/bin/python");
const TESTS = join(ROOT, "test/milvus-lite");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("mends what Milvus Lite still needs mended, patch by patch", () => {
  const env = { PATH: process.env.PATH, PYTHONPATH: join(ROOT, "milvus-lite"), PYTHONDONTWRITEBYTECODE: "1" };
  const { stderr, status } = spawnSync(PYTHON, ["-m", "unittest", "discover", "-s", TESTS], { env, encoding: "utf8" });
  const failures = stderr.split(/^={70}$/m).slice(1);
  expect({ failures, status }).toEqual({ failures: [], status: 0 });
  expect(Number(/Ran (\d+) tests/.exec(stderr)?.[1])).toBeGreaterThan(30);
}, 120_000);

/** A Python in whose milvus-lite this function does something else. */
async function pythonWithChanged(module: string, name: string): Promise<string> {
  const script = join(folder, `${name}.py`);
  const owners = name.split(".").slice(0, -1);
  const lines = [
    "import runpy, sys",
    `import milvus_lite.${module} as module`,
    "def changed(*given, **options): raise NotImplementedError",
    `${["module", ...owners].join(".")}.${name.split(".").at(-1)} = changed`,
    "sys.argv = sys.argv[1:]",
    "sys.path[0] = sys.argv[0].rpartition('/')[0]",
    "runpy.run_path(sys.argv[0], run_name='__main__')",
  ];
  await writeFile(script, lines.join("\n"));
  const python = join(folder, name);
  await writeFile(python, `#!/bin/sh\nexec "${PYTHON}" "${script}" "$@"\n`);
  await chmod(python, 0o755);
  return python;
}

function recorder() {
  const warnings: string[] = [];
  const ignore = () => undefined;
  const log: Log = { debug: ignore, info: ignore, warn: (_, message) => warnings.push(message), error: ignore };
  return { warnings, log };
}

it("does not start a Milvus Lite that a patch does not fit which it must have, and says which", async () => {
  const python = await pythonWithChanged("engine.collection", "Collection._apply");
  const { log } = recorder();
  const started = startMilvusLite({ folder: join(folder, "refused"), python, log });
  const message = await started.then(
    () => "",
    (error: Error) => error.message,
  );
  expect(message).toMatch(/^Milvus Lite did not start: .*The patch `durability` was made for milvus-lite [\d.]+/s);
  expect(message).toMatch(/engine\.collection:Collection\._apply: expected source [\da-f]{12}, found [\da-f]{12}/);
  expect(message).toContain("Without it rows that were acknowledged can be lost.");
  expect(message).toMatch(/Install milvus-lite==[\d.]+ \(requirements\.txt\), or set MILVUS_LITE_PYTHON/);
});

it("starts without a patch that only makes it faster, and says so in the log", async () => {
  const python = await pythonWithChanged("search.distance", "cosine_distance");
  const { warnings, log } = recorder();
  const lite = await startMilvusLite({ folder: join(folder, "slower"), python, log });
  await lite.stop();
  expect(warnings).toEqual([expect.stringMatching(/^Going without\. The patch `exact` was made for milvus-lite/)]);
});
