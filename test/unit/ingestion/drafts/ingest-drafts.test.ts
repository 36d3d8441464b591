import { testFingerprint } from "../../../support/documents";
import { succeeded } from "../../../../src/errors";
import { type Creation, type IngestOptions, ingestDrafts } from "../../../../src/ingestion/drafts/ingest-drafts";
import { type TextDraft, textDraft } from "../../../../src/ingestion/drafts/text-draft";
import type { Intention } from "../../../../src/ports/ledger";
import { DEFAULT_LIMITS } from "../../../../src/documents/limits";
import { MemoryCollections } from "../../../../src/stores/memory/memory-collections";

const draft = (text: string, key: string | null = null) =>
  succeeded(textDraft("default", { kind: "text", key, text, metadata: {} }, DEFAULT_LIMITS));
const idOf = (one: ReturnType<typeof draft>) => (one.ok ? one.value.id : "");
const earlier = (one: ReturnType<typeof draft>, ms = 1_000): Intention => ({
  documentId: idOf(one),
  createdAt: new Date(Date.now() - ms),
});

async function setUp() {
  const store = await new MemoryCollections().open(testFingerprint("1"));
  const complete: IngestOptions["complete"] = async (drafts) =>
    drafts.map((one) =>
      succeeded(
        (one as TextDraft).complete({
          vector: new Float32Array(8).fill(1 / Math.sqrt(8)),
          truncated: false,
          passages: [],
        }),
      ),
    );
  const ingest = async (drafts: ReturnType<typeof draft>[], options: Partial<IngestOptions> = {}) => {
    const outcomes = await ingestDrafts(drafts, {
      store,
      tenant: "default",
      complete,
      hasPicture: async () => true,
      onLeft: () => undefined,
      ...options,
    });
    return outcomes.map((one) => (one.ok ? one.value.kind : one.error.code));
  };
  return { ingest, store };
}

/** What the items of a ledger intended, by their places, as the tries of a job leave it. */
function noting(...before: (Intention | null)[]) {
  const noted = [...before];
  const options: Partial<IngestOptions> = {
    intended: (place) => noted[place] ?? null,
    onCreating: async (creations) => {
      for (const { place, intention } of creations) noted[place] = intention;
    },
  };
  return { noted, options };
}

it("tells of equal items which one created the document: the first, once", async () => {
  const { ingest } = await setUp();
  expect(await ingest([draft("a"), draft("b"), draft("a")])).toEqual(["ingested", "ingested", "duplicate"]);
  expect(await ingest([draft("a")])).toEqual(["duplicate"]);
});

it("after an interruption gives the document to the item that created it, and to no equal one", async () => {
  const { ingest } = await setUp();
  const { noted, options } = noting();
  await ingest([draft("a")], options);
  const again = noting(earlier(draft("a")), noted[0]!, null);
  const drafts = [draft("a"), draft("a"), draft("a")];
  expect(await ingest(drafts, again.options)).toEqual(["duplicate", "ingested", "duplicate"]);
});

it("gives it to one item only when another one meant to create it but never did", async () => {
  const { ingest } = await setUp();
  const { options } = noting(null, earlier(draft("a")));
  expect(await ingest([draft("a"), draft("a")], options)).toEqual(["ingested", "duplicate"]);
});

it("counts as a duplicate what somebody else stored between the intention and the next try", async () => {
  const { ingest } = await setUp();
  await ingest([draft("a")]);
  expect(await ingest([draft("a")], noting(earlier(draft("a"))).options)).toEqual(["duplicate"]);
});

it("creates a document as of when it was first intended, so that whichever try wrote it is known", async () => {
  const { ingest, store } = await setUp();
  const intention = earlier(draft("a"));
  expect(await ingest([draft("a")], noting(intention).options)).toEqual(["ingested"]);
  expect((await store.read("default", [intention.documentId]))[0]!.createdAt).toEqual(intention.createdAt);
});

it("forgets an intention of other content, as when a URL gives another picture than before", async () => {
  const { ingest, store } = await setUp();
  const before = earlier(draft("before"));
  const { noted, options } = noting(before);
  expect(await ingest([draft("a")], options)).toEqual(["ingested"]);
  const [stored] = await store.read("default", [idOf(draft("a"))]);
  expect(noted[0]).toEqual({ documentId: stored!.id, createdAt: stored!.createdAt });
  expect(stored!.createdAt).not.toEqual(before.createdAt);
});

it("tells what is created before it is written, not of what is there", async () => {
  const { ingest } = await setUp();
  await ingest([draft("a")]);
  const told: Creation[] = [];
  const onCreating = async (creations: readonly Creation[]) => void told.push(...creations);
  const drafts = [draft("a"), draft("b"), draft("c", "key"), draft("c", "key")];
  await ingest(drafts, { onCreating });
  expect(told.map(({ place, intention }) => [place, intention.documentId])).toEqual([
    [1, idOf(drafts[1]!)],
    [2, idOf(drafts[2]!)],
  ]);
});
