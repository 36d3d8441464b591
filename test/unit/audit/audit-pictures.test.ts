import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditPictures, type AuditOptions } from "../../../src/audit/audit-pictures";
import type { Finding } from "../../../src/audit/finding";
import { openMediaFolder } from "../../../src/images/media/media-folder";
import { picturesOf } from "../../../src/ingestion/pictures/pictures-of";
import type { MediaStore } from "../../../src/ports/media-store";
import { MemoryCollections } from "../../../src/stores/memory/memory-collections";
import { imageDocument, randomNumbers, randomVector, testFingerprint } from "../../support/documents";

const random = randomNumbers(1);
const [kept, elsewhere, lost, orphan] = ["kept", "elsewhere", "lost", "orphan"].map((name) =>
  imageDocument(name, { vector: randomVector(random) }),
);
const keyOf = (one: typeof kept) => picturesOf([one!.document])[0]!;

let folder: string;
let media: MediaStore;
let collections: MemoryCollections;

/** Two collections: the pictures of either are nobody's orphans. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-audit-"));
  media = await openMediaFolder(folder);
  collections = new MemoryCollections();
  await (await collections.open(testFingerprint("1"))).upsert([kept!, lost!]);
  await (await collections.open(testFingerprint("2"))).upsert([elsewhere!]);
  for (const one of [kept, elsewhere, orphan]) await media.put(keyOf(one), Buffer.from("picture"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function audit(options: Partial<AuditOptions>) {
  const findings: Finding[] = [];
  const { signal } = new AbortController();
  const plain = { collections, media, tenant: "default", youngMs: 0, deletes: false, signal };
  const audited = await auditPictures({ ...plain, onFinding: (one) => void findings.push(one), ...options });
  return { audited, findings };
}

it("finds documents without their picture, and pictures that no collection shows", async () => {
  const { audited, findings } = await audit({});
  expect(audited).toEqual({ documents: 3, missing: 1, orphans: 1, young: 0, deleted: 0 });
  const { id, contentHash } = lost!.document;
  expect(findings).toEqual([
    { fault: "missing", id, key: null, contentHash },
    { fault: "orphan", contentHash: orphan!.document.contentHash, mediaType: "image/png" },
  ]);
  expect(await media.has(keyOf(orphan))).toBe(true);
});

it("deletes what nobody shows, and nothing else", async () => {
  const { audited } = await audit({ deletes: true });
  expect(audited).toMatchObject({ orphans: 1, deleted: 1 });
  expect(await Promise.all([kept, elsewhere, orphan].map((one) => media.has(keyOf(one))))).toEqual([true, true, false]);
});

it("leaves alone what is too young to tell", async () => {
  const { audited } = await audit({ youngMs: 60_000, deletes: true });
  expect(audited).toMatchObject({ orphans: 0, young: 1, deleted: 0 });
  expect(await media.has(keyOf(orphan))).toBe(true);
});
