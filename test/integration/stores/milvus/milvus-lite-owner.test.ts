import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMilvusLite } from "../../../../src/stores/milvus/milvus-lite";
import { silent } from "../../../support/models";

it("does not wait long for a folder whose server is there, and has it once that has stopped", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const launches: string[] = [];
  const onLaunch = (address: string) => void launches.push(address);
  const options = { folder, python: null, log: silent };
  const first = await startMilvusLite(options);
  // As if a server had it that is another process.
  await writeFile(join(folder, "owner.pid"), String(process.ppid));
  try {
    await expect(startMilvusLite({ ...options, onLaunch })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringContaining(`another process has ${folder} open`),
    });
    // For one that is gone it would be tried some forty times.
    expect(launches.length).toBeLessThan(15);
  } finally {
    await first.stop();
  }
  const second = await startMilvusLite(options);
  await second.stop();
  await rm(folder, { recursive: true, force: true });
});
