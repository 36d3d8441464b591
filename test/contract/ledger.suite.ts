import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ItemIntention, ItemOutcome, JobItemContent, Ledger, SettledItem } from "../../src/ports/ledger";

const LEASE_MS = 60_000;
const id = (): string => randomBytes(16).toString("hex");
const textItem = (text: string, key: string | null = null): JobItemContent => ({
  kind: "text",
  key,
  text,
  metadata: {},
});
const texts = (count: number): JobItemContent[] => Array.from({ length: count }, (_, i) => textItem(`text ${i}`));
const inParts = (...parts: JobItemContent[][]) =>
  async function* () {
    yield* parts;
  };

const stored = (documentId = "d"): ItemOutcome => ({ state: "ingested", documentId, created: true });
const failure = (retryable: boolean): ItemOutcome => ({
  state: "failed",
  code: retryable ? "FETCH_FAILED" : "INVALID_IMAGE",
  message: "Not so.",
  retryable,
});
const intention = (index: number, documentId: string, createdAt = new Date()): ItemIntention => ({
  index,
  documentId,
  createdAt,
});
const settled = (index: number, outcome = stored(), retryInMs: number | null = null): SettledItem => ({
  index,
  outcome,
  retryInMs,
});

/** What every ledger promises. `open` gives one on the same data each time. */
export function ledgerContract(open: () => Promise<Ledger>): void {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await open();
  });
  afterEach(() => ledger.close());

  const start = async (items: JobItemContent[], requestId: string | null = null, tenant = "default") =>
    (await ledger.jobs.create({ id: id(), tenant, requestId }, inParts(items))).job;
  /** Claims until the job's turn comes; other jobs of the file are left without a lease. */
  const claim = async (jobId: string, owner = "me", leaseMs = LEASE_MS): Promise<void> => {
    const others: string[] = [];
    for (;;) {
      const claimed = await ledger.queue.claim(owner, leaseMs);
      if (claimed === null || claimed.id === jobId) break;
      others.push(claimed.id);
    }
    for (const other of others) await ledger.queue.release(other, owner);
    expect((await ledger.jobs.get("default", jobId))!.state).toBe("running");
  };
  const indices = async (jobId: string, owner = "me", limit = 100): Promise<number[]> =>
    (await ledger.queue.take(jobId, owner, limit)).map(({ index }) => index);
  const job = async (jobId: string) => (await ledger.jobs.get("default", jobId))!;

  describe("a new job", () => {
    it("has all of its items, in order, over several parts", async () => {
      const made = await ledger.jobs.create(
        { id: id(), tenant: "default", requestId: null },
        inParts(texts(1_500), [textItem("the last", "k")]),
      );
      expect(made).toMatchObject({ created: true, job: { state: "queued", total: 1_501, counts: { pending: 1_501 } } });
      const last = await ledger.jobs.items(made.job.id, { states: null, codes: null, afterIndex: 1_499, limit: 5 });
      expect(last).toEqual([{ index: 1_500, key: "k", line: null, state: "pending", attempts: 0, outcome: null }]);
    });

    it("knows on which line of a list an item stands, and keeps that apart from the item", async () => {
      const { id: jobId } = await start([{ ...textItem("a"), line: 7 }]);
      expect(await ledger.jobs.items(jobId, { states: null, codes: null, afterIndex: null, limit: 5 })).toMatchObject([
        { index: 0, line: 7 },
      ]);
      await claim(jobId);
      expect((await ledger.queue.take(jobId, "me", 1))[0]!.content).toEqual(textItem("a"));
    });

    it("is the old one when its request came before, and its items are not read", async () => {
      const requestId = id();
      const first = await start(texts(2), requestId);
      const again = await ledger.jobs.create({ id: id(), tenant: "default", requestId }, () => {
        throw new Error("read");
      });
      expect(again).toMatchObject({ created: false, job: { id: first.id, total: 2 } });
      expect((await start(texts(1), requestId, "other")).id).not.toBe(first.id);
      expect(await ledger.jobs.getByRequestId("default", requestId)).toMatchObject({ id: first.id });
    });

    it("is one job for many who ask at once", async () => {
      const requestId = id();
      const made = await Promise.all(Array.from({ length: 8 }, () => start(texts(50), requestId)));
      expect(new Set(made.map((one) => one.id)).size).toBe(1);
      expect(made.map((one) => one.total)).toEqual(Array(8).fill(50));
    });

    it("is nothing when its items break off", async () => {
      const requestId = id();
      const broken = async function* () {
        yield texts(3);
        throw new Error("broken off");
      };
      const creating = ledger.jobs.create({ id: id(), tenant: "default", requestId }, broken);
      await expect(creating).rejects.toThrow("broken off");
      expect(await ledger.jobs.getByRequestId("default", requestId)).toBeNull();
      expect((await start(texts(1), requestId)).total).toBe(1);
    });

    it("is not seen by another tenant", async () => {
      const { id: jobId } = await start(texts(1));
      expect(await ledger.jobs.get("other", jobId)).toBeNull();
      expect(await ledger.jobs.cancel("other", jobId)).toBeNull();
      expect((await job(jobId)).state).toBe("queued");
    });
  });

  describe("work", () => {
    it("is given to one owner at a time, and to another when the lease ends", async () => {
      const { id: jobId } = await start(texts(3));
      await claim(jobId, "first", 40);
      expect(await indices(jobId, "first", 2)).toEqual([0, 1]);
      expect(await indices(jobId, "second")).toEqual([]);
      await pause(60);
      await claim(jobId, "second");
      expect(await indices(jobId, "second")).toEqual([0, 1, 2]);
      expect(await ledger.queue.renew(jobId, "first", LEASE_MS, 1)).toBe(false);
      await ledger.queue.settle(jobId, "first", [settled(0)]);
      expect((await job(jobId)).counts.pending).toBe(3);
    });

    it("keeps its lease while it is renewed, and tells its rate", async () => {
      const { id: jobId } = await start(texts(1));
      await claim(jobId, "me", 50);
      expect(await ledger.queue.renew(jobId, "me", LEASE_MS, 12.5)).toBe(true);
      await pause(80);
      expect(await indices(jobId)).toEqual([0]);
      expect((await job(jobId)).itemsPerSecond).toBe(12.5);
    });

    it("carries the content and what an earlier try was about to create", async () => {
      const image: JobItemContent = {
        kind: "image",
        key: null,
        source: { kind: "url", url: "https://example.com/a.png" },
        caption: "quote ' and \\ and \u2028 and 🐈",
        metadata: { deep: [1, null, { a: true }] },
      };
      const { id: jobId } = await start([image]);
      await claim(jobId, "first", 40);
      expect(await ledger.queue.take(jobId, "first", 1)).toEqual([
        { index: 0, content: image, attempts: 0, interruptions: 0, intended: null },
      ]);
      const intended = { documentId: "doc", createdAt: new Date("2026-11-26T03:00:00.123Z") };
      await ledger.queue.intend(jobId, "first", [{ index: 0, ...intended }]);
      await pause(60);
      await claim(jobId, "second");
      expect(await ledger.queue.take(jobId, "second", 1)).toEqual([
        { index: 0, content: image, attempts: 0, interruptions: 1, intended },
      ]);
    });

    it("lets nobody note intents who has lost the lease, and says so", async () => {
      const { id: jobId } = await start(texts(1));
      await claim(jobId, "first", 40);
      await indices(jobId, "first");
      expect(await ledger.queue.intend(jobId, "first", [intention(0, "before")])).toBe(true);
      await pause(60);
      await claim(jobId, "second");
      expect(await ledger.queue.intend(jobId, "first", [intention(0, "late")])).toBe(false);
      expect(await ledger.queue.take(jobId, "second", 1)).toMatchObject([{ intended: { documentId: "before" } }]);
    });

    it("keeps what each item intended, equal ones too, over failures and until it is taken up again", async () => {
      const [one, two] = [intention(0, "doc", new Date(1_000)), intention(1, "doc", new Date(2_000))];
      const { id: jobId } = await start([textItem("same"), textItem("same")]);
      await claim(jobId);
      await indices(jobId);
      await ledger.queue.intend(jobId, "me", [one]);
      await ledger.queue.intend(jobId, "me", [two]);
      await ledger.queue.settle(jobId, "me", [settled(0, failure(true), 0), settled(1, failure(true))]);
      await ledger.queue.release(jobId, "me");
      await ledger.jobs.retry("default", jobId, true);
      await claim(jobId);
      const taken = await ledger.queue.take(jobId, "me", 2);
      expect(taken.map(({ index, intended }) => ({ index, ...intended }))).toEqual([one, two]);
    });

    it("is taken in order, each item once, and of equal keys the first alone until it is done", async () => {
      const { id: jobId } = await start([textItem("a", "k"), textItem("b"), textItem("c", "k"), textItem("d", "l")]);
      await claim(jobId);
      expect(await indices(jobId)).toEqual([0, 1, 3]);
      expect(await indices(jobId)).toEqual([]);
      await ledger.queue.settle(jobId, "me", [settled(0)]);
      expect(await indices(jobId)).toEqual([2]);
    });

    it("tells how far the PDFs in work are, each until it is settled, given back or begun anew", async () => {
      const { id: jobId } = await start([textItem("a"), textItem("b", "paper"), textItem("c")]);
      const inWork = async () => (await job(jobId)).pdfsInWork;
      const progress = (pagesDone: number, title: string | null = 'A "paper"') => ({ title, pages: 100, pagesDone });
      await claim(jobId);
      await indices(jobId);
      expect(await inWork()).toEqual([]);
      expect(await ledger.queue.notePages(jobId, "me", 2, progress(0, null))).toBe(true);
      await ledger.queue.notePages(jobId, "me", 1, progress(0));
      expect(await ledger.queue.notePages(jobId, "me", 1, progress(32))).toBe(true);
      const paper = { index: 1, key: "paper", title: 'A "paper"', pages: 100, pagesDone: 32 };
      expect(await inWork()).toEqual([paper, { index: 2, key: null, title: null, pages: 100, pagesDone: 0 }]);
      expect((await ledger.jobs.list("default", null, 100)).find((one) => one.id === jobId)!.pdfsInWork[0]).toEqual(
        paper,
      );

      await ledger.queue.settle(jobId, "me", [settled(2), settled(1, failure(true), 0)]);
      expect(await inWork()).toEqual([]);
      expect(await indices(jobId)).toEqual([1]);
      expect(await inWork()).toEqual([]);
      await ledger.queue.notePages(jobId, "me", 1, progress(64));
      await ledger.queue.release(jobId, "me");
      expect(await inWork()).toEqual([]);
    });

    it("lets nobody note pages who has lost the lease, and says so", async () => {
      const { id: jobId } = await start(texts(1));
      await claim(jobId, "first", 40);
      await indices(jobId, "first");
      await pause(60);
      await claim(jobId, "second");
      await indices(jobId, "second");
      const progress = { title: null, pages: 3, pagesDone: 1 };
      expect(await ledger.queue.notePages(jobId, "second", 0, progress)).toBe(true);
      expect(await ledger.queue.notePages(jobId, "first", 0, { ...progress, pagesDone: 2 })).toBe(false);
      expect((await job(jobId)).pdfsInWork).toMatchObject([{ pagesDone: 1 }]);
    });

    it("that is to be tried again waits for its time", async () => {
      const { id: jobId } = await start(texts(1));
      await claim(jobId);
      await indices(jobId);
      expect(await ledger.queue.untilDue(jobId)).toBeNull();
      await ledger.queue.settle(jobId, "me", [settled(0, failure(true), 150)]);
      expect(await indices(jobId)).toEqual([]);
      expect(await ledger.queue.untilDue(jobId)).toBeGreaterThan(0);
      expect((await job(jobId)).counts).toMatchObject({ pending: 1, failed: 0 });
      await pause(200);
      expect(await ledger.queue.take(jobId, "me", 1)).toMatchObject([{ index: 0, attempts: 1 }]);
    });

    it("that is given back is untried", async () => {
      const { id: jobId } = await start(texts(2));
      await claim(jobId);
      await indices(jobId);
      await ledger.queue.release(jobId, "me");
      expect(await job(jobId)).toMatchObject({ state: "queued", counts: { pending: 2 }, itemsPerSecond: null });
      await claim(jobId);
      expect(await ledger.queue.take(jobId, "me", 1)).toMatchObject([{ attempts: 0, interruptions: 0 }]);
    });
  });

  describe("a document that several items created at the same time", () => {
    const documentId = id();
    /** Jobs whose first item is in work and intends the document. */
    const creating = async (keys: (string | null)[], document: string) => {
      const jobIds: string[] = [];
      for (const key of keys) jobIds.push((await start([textItem("same", key)])).id);
      for (const jobId of jobIds) {
        await claim(jobId);
        await indices(jobId);
        await ledger.queue.intend(jobId, "me", [intention(0, document)]);
      }
      return jobIds;
    };
    const finish = async (jobId: string, document: string) => {
      await ledger.queue.settle(jobId, "me", [settled(0, stored(document))]);
      await ledger.queue.release(jobId, "me");
      return (await ledger.jobs.items(jobId, { states: null, codes: null, afterIndex: null, limit: 1 }))[0]!.outcome;
    };

    it("is the first one's to be settled, and the others are duplicates", async () => {
      const [first, second] = await creating([null, null], documentId);
      expect(await finish(second!, documentId)).toEqual(stored(documentId));
      expect(await finish(first!, documentId)).toEqual({ state: "duplicate", documentId });
      expect((await job(first!)).counts).toMatchObject({ ingested: 0, duplicate: 1 });
    });

    it("is replaced by the others when it has a key", async () => {
      const keyed = id();
      const [first, second] = await creating(["k", "k"], keyed);
      expect(await finish(first!, keyed)).toEqual(stored(keyed));
      expect(await finish(second!, keyed)).toEqual({ state: "ingested", documentId: keyed, created: false });
    });

    it("is created anew by who intends it later, as when it was deleted meanwhile", async () => {
      const again = id();
      for (let i = 0; i < 2; i++) {
        const [one] = await creating([null], again);
        expect(await finish(one!, again)).toEqual(stored(again));
        await pause(3);
      }
    });
  });

  describe("an end", () => {
    const finish = async (outcomes: ItemOutcome[]) => {
      const { id: jobId } = await start(texts(outcomes.length));
      await claim(jobId);
      await indices(jobId);
      await ledger.queue.settle(
        jobId,
        "me",
        outcomes.map((outcome, i) => settled(i, outcome)),
      );
      await ledger.queue.release(jobId, "me");
      return job(jobId);
    };

    it("is success when everything is stored or was there already", async () => {
      const done = await finish([stored(), { state: "duplicate", documentId: "e" }]);
      expect(done).toMatchObject({ state: "succeeded", counts: { pending: 0, ingested: 1, duplicate: 1 } });
      expect(done.finishedAt).toBeInstanceOf(Date);
      const items = await ledger.jobs.items(done.id, { states: null, codes: null, afterIndex: null, limit: 10 });
      expect(items.map(({ outcome }) => outcome)).toEqual([stored(), { state: "duplicate", documentId: "e" }]);
    });

    it("tells of failures, which can be filtered and taken up again", async () => {
      const done = await finish([failure(true), failure(false), stored()]);
      expect(done).toMatchObject({ state: "completedWithFailures", counts: { failed: 2, ingested: 1 } });
      const find = async (states: ("failed" | "ingested")[] | null, codes: "INVALID_IMAGE"[] | null) =>
        (await ledger.jobs.items(done.id, { states, codes, afterIndex: null, limit: 10 })).map(({ index }) => index);
      expect(await find(["failed"], null)).toEqual([0, 1]);
      expect(await find(null, ["INVALID_IMAGE"])).toEqual([1]);
      expect((await ledger.jobs.latestFailures(done.id, 1)).map(({ index }) => index)).toEqual([1]);

      expect(await ledger.jobs.retry("default", done.id, true)).toMatchObject({
        state: "queued",
        counts: { pending: 1 },
      });
      await claim(done.id);
      expect(await ledger.queue.take(done.id, "me", 9)).toMatchObject([{ index: 0, attempts: 0 }]);
      await ledger.queue.settle(done.id, "me", [settled(0)]);
      await ledger.queue.release(done.id, "me");
      expect(await ledger.jobs.retry("default", done.id, true)).toMatchObject({ state: "completedWithFailures" });
      expect(await ledger.jobs.retry("default", done.id, false)).toMatchObject({ state: "queued" });
    });

    it("by cancelling leaves what is stored, and can be resumed", async () => {
      const { id: jobId } = await start(texts(5));
      await claim(jobId);
      await ledger.queue.take(jobId, "me", 2);
      expect(await ledger.jobs.cancel("default", jobId)).toMatchObject({ state: "running", counts: { cancelled: 3 } });
      expect(await ledger.queue.renew(jobId, "me", LEASE_MS, null)).toBe(false);
      await ledger.queue.settle(jobId, "me", [settled(0), settled(1, failure(true), 1_000)]);
      expect(await indices(jobId)).toEqual([]);
      await ledger.queue.release(jobId, "me");
      expect(await job(jobId)).toMatchObject({ state: "cancelled", counts: { ingested: 1, cancelled: 4 } });
      expect(await ledger.jobs.resume("default", jobId)).toMatchObject({ state: "queued", counts: { pending: 4 } });
      await claim(jobId);
      expect(await indices(jobId)).toEqual([1, 2, 3, 4]);
    });

    it("comes at once to a job that is cancelled before or after anybody worked on it", async () => {
      const { id: waiting } = await start(texts(2));
      expect(await ledger.jobs.cancel("default", waiting)).toMatchObject({ state: "cancelled" });
      const { id: orphaned } = await start(texts(2));
      await claim(orphaned, "dead", 20);
      await indices(orphaned, "dead");
      await pause(40);
      expect(await ledger.jobs.cancel("default", orphaned)).toMatchObject({ state: "cancelled" });
    });

    it("is not changed by cancelling afterwards", async () => {
      const done = await finish([stored()]);
      expect(await ledger.jobs.cancel("default", done.id)).toEqual(done);
      expect(await ledger.jobs.resume("default", done.id)).toEqual(done);
    });
  });

  it("lists jobs, newest first, and forgets old ones", async () => {
    const tenant = id();
    const made = [];
    for (let i = 0; i < 3; i++) {
      made.push(await start(texts(1), null, tenant));
      await pause(3);
    }
    const ids = made.map((one) => one.id).reverse();
    expect((await ledger.jobs.list(tenant, null, 10)).map((one) => one.id)).toEqual(ids);
    expect((await ledger.jobs.list(tenant, made[1]!.createdAt, 10)).map((one) => one.id)).toEqual(ids.slice(2));
    await ledger.jobs.cancel(tenant, ids[0]!);
    await ledger.jobs.prune(new Date(Date.now() + 1_000));
    expect((await ledger.jobs.list(tenant, null, 10)).map((one) => one.id)).toEqual(ids.slice(1));
    expect(await ledger.jobs.items(ids[0]!, { states: null, codes: null, afterIndex: null, limit: 1 })).toEqual([]);
  });

  it("keeps everything over a restart", async () => {
    const { id: jobId } = await start(texts(2));
    const secret = await ledger.secret("uploads");
    await ledger.close();
    ledger = await open();
    expect(await job(jobId)).toMatchObject({ state: "queued", total: 2 });
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await ledger.secret("uploads")).toBe(secret);
    expect(await ledger.secret("other")).not.toBe(secret);
  });

  it("serves two who opened it at the same time", async () => {
    const second = await open();
    try {
      const jobs = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? ledger : second).jobs.create(
            { id: id(), tenant: "default", requestId: null },
            inParts(texts(20)),
          ),
        ),
      );
      expect(jobs.map(({ job: { total } }) => total)).toEqual(Array(20).fill(20));
    } finally {
      await second.close();
    }
  });

  describe("uploads", () => {
    const upload = (expiresInMs: number) => ({
      id: id(),
      tenant: "default",
      mediaType: "image/png",
      bytes: 5,
      sha256: null,
      state: "awaited" as const,
      expiresAt: new Date(Date.now() + expiresInMs),
    });

    it("are found by their tenant, first awaited, then stored", async () => {
      const given = upload(60_000);
      await ledger.uploads.add(given);
      expect(await ledger.uploads.get("default", given.id)).toEqual(given);
      expect(await ledger.uploads.get("other", given.id)).toBeNull();
      await ledger.uploads.markStored("default", given.id, "ab".repeat(32));
      const after = { ...given, state: "stored", sha256: "ab".repeat(32) };
      expect(await ledger.uploads.get("default", given.id)).toEqual(after);
    });

    it("expire, unless a job still needs them", async () => {
      const [fresh, old, needed] = [upload(60_000), upload(-1), upload(-1)];
      for (const one of [fresh, old, needed]) await ledger.uploads.add(one);
      const source = { kind: "upload", uploadId: needed.id } as const;
      const { id: jobId } = await start([{ kind: "image", key: null, source, caption: null, metadata: {} }]);
      const expired = async () => (await ledger.uploads.expired(1_000)).map((one) => one.id);
      expect(await expired()).toContain(old.id);
      expect(await expired()).not.toContain(fresh.id);
      expect(await expired()).not.toContain(needed.id);
      await claim(jobId);
      await indices(jobId);
      await ledger.queue.settle(jobId, "me", [settled(0)]);
      expect(await expired()).toContain(needed.id);
      await ledger.uploads.remove("default", [old.id]);
      expect(await ledger.uploads.get("default", old.id)).toBeNull();
    });
  });
}
