import { readFileSync } from "node:fs";
import sharp from "sharp";
import { startImageDecoder } from "../../../../src/images/decode/decoder";
import { OVER_MEMORY_SIGNAL } from "../../../../src/processes/child-died";
import { silent } from "../../../support/models";
import { coverShape, plainPng } from "../../../support/pictures";

type Decoder = Awaited<ReturnType<typeof startImageDecoder>>;

const SHAPE = coverShape(64);
const LIMITS = { maxImageBytes: 50_000_000, maxImagePixels: 50_000_000, maxMemoryBytes: 768 * 1_048_576 };
let decoder: Decoder | null = null;

const start = async (processes: number, deadlineMs = 30_000): Promise<Decoder> =>
  (decoder = await startImageDecoder({ processes, deadlineMs, ...LIMITS, log: silent }));

afterEach(async () => {
  await decoder?.close();
  decoder = null;
});

/** 49 megapixels in 38 bytes: quick to make, but unpacking it and writing the clean copy takes a second. */
const slowPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: "#808080" } })
    .webp({ lossless: true, effort: 0 })
    .toBuffer();

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

it("answers everything when a process is killed in mid-request", async () => {
  const { pids } = await start(2);
  const files = [await slowPicture(), await plainPng([1, 2, 3], 8), await slowPicture(), await plainPng([1, 2, 3], 9)];
  const answer = decoder!.decode(files, SHAPE);
  await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 250))]);
  process.kill(pids[0]!, "SIGKILL");

  const widths = (await answer).map((outcome) => (outcome.ok ? outcome.value.width : outcome.error));
  expect(widths).toEqual([7_000, 8, 7_000, 9]);
  await until(() => decoder!.pids.length === 2);
  expect(decoder!.pids).not.toContain(pids[0]);
});

it("replaces a process that hangs, and decodes what it held", async () => {
  const { pids } = await start(1, 1_000);
  process.kill(pids[0]!, "SIGSTOP");
  const [outcome] = await decoder!.decode([await plainPng([1, 2, 3], 8)], SHAPE);

  expect(outcome).toMatchObject({ ok: true, value: { width: 8 } });
  expect(decoder!.pids).not.toContain(pids[0]);
});

it("answers INVALID_IMAGE for a picture that takes too long, and goes on", async () => {
  await start(1, 400);
  const [slow, quick] = await decoder!.decode([await slowPicture(), await plainPng([1, 2, 3], 8)], SHAPE);

  expect(slow).toMatchObject({ ok: false, error: { code: "INVALID_IMAGE" } });
  expect(quick).toMatchObject({ ok: true, value: { width: 8 } });
});

it("answers TOO_LARGE for a picture whose processes end for memory, and goes on", async () => {
  await start(1);
  let answered = false;
  const answer = decoder!.decode([await slowPicture()], SHAPE).finally(() => (answered = true));
  for (; !answered; await new Promise((resolve) => setTimeout(resolve, 50))) {
    for (const pid of decoder!.pids) process.kill(pid, OVER_MEMORY_SIGNAL);
  }

  expect(await answer).toMatchObject([{ ok: false, error: { code: "TOO_LARGE" } }]);
  expect(await decoder!.decode([await plainPng([1, 2, 3], 8)], SHAPE)).toMatchObject([{ ok: true }]);
});

it("decodes what a query waits for before hundreds of documents", async () => {
  await start(1);
  const done: string[] = [];
  const file = await plainPng([1, 2, 3], 400);
  const documents = decoder!.decode(Array<Buffer>(200).fill(file), SHAPE).then(() => done.push("documents"));
  const query = decoder!.decode([file], SHAPE, "query").then(() => done.push("query"));
  await Promise.all([documents, query]);

  expect(done).toEqual(["query", "documents"]);
});

it("gives back what a large picture took", async () => {
  const { pids } = await start(1);
  const [outcome] = await decoder!.decode([await plainPng([1, 2, 3], 6_000)], SHAPE);

  expect(outcome).toMatchObject({ ok: true });
  if (process.platform === "linux") await until(() => residentMb(pids[0]!) < 180);
});

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1_024;

it("leaves no process behind and takes nothing more once it is closed", async () => {
  await start(2);
  await decoder!.decode([await slowPicture(), await slowPicture()], SHAPE);
  const { pids } = decoder!;
  expect(pids).toHaveLength(2);
  await decoder!.close();

  expect(pids.filter(isAlive)).toEqual([]);
  await expect(decoder!.decode([await plainPng([1, 2, 3], 8)], SHAPE)).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
});
