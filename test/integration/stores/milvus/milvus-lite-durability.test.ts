import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";
import { silent } from "../../../support/models";

const KILLS = 6;
const READERS = 8;
const ROWS = 100;

it("keeps what it acknowledged when it is killed and calls come at once to the one that follows", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parallax-lite-"));
  // A call may meet all of the kills, and on a busy machine every start takes seconds.
  const options = { uri: folder, token: null, litePython: null, prefix: "durable", timeoutMs: 90_000, log: silent };
  const collections = await openMilvus(options);
  try {
    const store = await collections.open(testFingerprint("1"));
    const random = randomNumbers(1);
    const acknowledged: string[] = [];
    let over = false;
    const write = async (writer: number) => {
      for (let i = 0; !over; i++) {
        const some = Array.from({ length: ROWS }, (_, row) =>
          textDocument(`writer ${writer}, text ${i}.${row}`, { vector: randomVector(random) }),
        );
        await store.upsert(some);
        acknowledged.push(...some.map(({ document }) => document.id));
      }
    };
    const read = async () => {
      while (!over) await store.get("default", [acknowledged.at(-1) ?? "0".repeat(40)]);
    };
    const writing = Promise.all([write(0), write(1), ...Array.from({ length: READERS }, read)]);
    for (let kills = 0; kills < KILLS;) {
      await pause(700 + random() * 500);
      if (collections.litePid === null) continue;
      process.kill(collections.litePid, "SIGKILL");
      kills++;
    }
    over = true;
    await writing;
    const found = (await Promise.all(inParts(acknowledged).map((ids) => store.get("default", ids)))).flat();
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(found.filter((one) => one === null)).toEqual([]);
  } finally {
    await collections.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 240_000);

const inParts = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / 500) }, (_, i) => ids.slice(i * 500, (i + 1) * 500));
