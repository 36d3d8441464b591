import { spawnSync } from "node:child_process";
import { join } from "node:path";

const CHECK = join(__dirname, "../../../../checks/images.mjs");

// The whole of it is `npm run check:images`; the deadline is generous, since other tests run beside this one.
it("answers broken pictures and small files that ask for much, each with a picture or a typed refusal", () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHECK, "--count", "150", "--deadline", "20000"], {
    encoding: "utf8",
  });

  expect({ status, stderr, failures: stdout.match(/^FAILED .*/gm) }).toEqual({ status: 0, stderr: "", failures: null });
  expect(stdout.match(/^(jpeg|png|webp|gif|avif|heic): 150 tried/gm)).toHaveLength(6);
}, 180_000);
