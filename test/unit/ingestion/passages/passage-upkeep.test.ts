import { setTimeout as pause } from "node:timers/promises";
import { AppError, failed, succeeded, type Outcome } from "../../../../src/errors";
import type { TextDocument } from "../../../../src/documents/document";
import { PassageUpkeep } from "../../../../src/ingestion/passages/passage-upkeep";
import { MemoryStore } from "../../../../src/stores/memory/memory-store";
import { silent } from "../../../support/models";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";

const TENANT = "default";
const random = randomNumbers(3);
const TEXTS = 250;

let store: MemoryStore;
let upkeep: PassageUpkeep | null = null;
beforeEach(async () => {
  store = new MemoryStore("memory", testFingerprint("upkeep"));
  const documents = Array.from({ length: TEXTS }, (_, i) =>
    textDocument(`text ${i}`, { vector: randomVector(random) }),
  );
  await store.upsert(
    documents.map((one) => ({ ...one, document: { ...one.document, truncated: true } as TextDocument })),
  );
});
afterEach(() => upkeep?.stop());

const left = () => store.count(TENANT, { kind: "truncated" });
async function begin(add: (document: TextDocument) => Promise<Outcome<boolean>>) {
  upkeep = new PassageUpkeep({ store, tenant: TENANT, add, log: silent });
  upkeep.start();
  const done = upkeep;
  return () => done.stop();
}
const write = async (document: TextDocument) => {
  await store.upsert([{ document: { ...document, truncated: false }, vector: randomVector(random) }]);
  return succeeded(true);
};
async function until(isSo: () => Promise<boolean> | boolean) {
  while (!(await isSo())) await pause(5);
}

it("takes each text once, wherever it begins", async () => {
  const taken: string[] = [];
  await begin(async (document) => {
    taken.push(document.id);
    return write(document);
  });
  await until(async () => (await left()) === 0);
  expect(taken).toHaveLength(TEXTS);
  expect(new Set(taken).size).toBe(TEXTS);
});

it("passes over texts that fail or cannot be split", async () => {
  let taken = 0;
  await begin(async (document) => {
    taken++;
    if (document.text === "text 7") return failed(new AppError("ENCODER_FAILED", "It fails."));
    return document.text === "text 8" ? succeeded(false) : write(document);
  });
  await until(async () => (await left()) === 2);
  expect(taken).toBe(TEXTS);
});

it("stops where the model is away, and keeps what is done", async () => {
  let taken = 0;
  await begin(async (document) =>
    ++taken > 20 ? failed(new AppError("ENCODER_UNAVAILABLE", "It is away.")) : write(document),
  );
  await until(() => taken === 21);
  await pause(50);
  expect([taken, await left()]).toEqual([21, TEXTS - 20]);
});

it("ends with the text that it is at when it is stopped", async () => {
  let taken = 0;
  const stop = await begin(async (document) => {
    taken++;
    await pause(5);
    return write(document);
  });
  await until(() => taken > 3);
  await stop();
  const then = taken;
  await pause(30);
  expect([taken, await left()]).toEqual([then, TEXTS - then]);
});
