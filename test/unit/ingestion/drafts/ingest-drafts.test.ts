import { succeeded } from "../../../../src/errors";
import { ingestDrafts, type IngestOptions } from "../../../../src/ingestion/drafts/ingest-drafts";
import { textDraft, type TextDraft } from "../../../../src/ingestion/drafts/text-draft";
import { DEFAULT_LIMITS } from "../../../../src/documents/limits";
import { MemoryCollections } from "../../../../src/stores/memory/memory-collections";
import { testFingerprint } from "../../../support/documents";

const draft = (text: string, key: string | null = null) =>
  succeeded(textDraft("default", { kind: "text", key, text, metadata: {} }, DEFAULT_LIMITS));

async function setUp() {
  const store = await new MemoryCollections().open(testFingerprint("1"));
  const complete: IngestOptions["complete"] = async (drafts) =>
    drafts.map((one) =>
      succeeded((one as TextDraft).complete({ vector: new Float32Array(8).fill(1 / Math.sqrt(8)), truncated: false })),
    );
  return async (drafts: ReturnType<typeof draft>[], options: Partial<IngestOptions> = {}) => {
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
}

it("tells of equal items which one created the document: the first, once", async () => {
  const ingest = await setUp();
  expect(await ingest([draft("a"), draft("b"), draft("a")])).toEqual(["ingested", "ingested", "duplicate"]);
  expect(await ingest([draft("a")])).toEqual(["duplicate"]);
});

it("after an interruption gives the document to the item that meant to create it, and to no equal one", async () => {
  const ingest = await setUp();
  await ingest([draft("a")]);
  const again = [draft("a"), draft("a"), draft("a")];
  expect(await ingest(again, { intended: new Set([1]) })).toEqual(["duplicate", "ingested", "duplicate"]);
});

it("tells the places of what is created before it is written, not of what is there", async () => {
  const ingest = await setUp();
  await ingest([draft("a")]);
  const places: number[] = [];
  const onCreating = async (some: readonly number[]) => void places.push(...some);
  await ingest([draft("a"), draft("b"), draft("c", "key"), draft("c", "key")], { onCreating });
  expect(places).toEqual([1, 2]);
});
