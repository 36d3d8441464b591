import { setTimeout as pause } from "node:timers/promises";
import type { Collections } from "../ports/collections";

/** Between two looks: passages come just before their document. */
const STORING_MS = 10_000;

export interface PassageAuditOptions {
  readonly collections: Collections;
  readonly tenant: string;
  /** Whether servers may be storing documents meanwhile. */
  readonly isServed: boolean;
  /** Whether they are deleted. */
  readonly deletes: boolean;
  readonly signal: AbortSignal;
}

/** How many passages belong to no document, in all collections: left by a crash, and found by no search. */
export async function auditPassages(options: PassageAuditOptions): Promise<number> {
  const { collections, tenant, isServed, deletes, signal } = options;
  let strays = 0;
  for (const { fingerprint } of await collections.list()) {
    const store = await collections.open(fingerprint);
    signal.throwIfAborted();
    const first = await store.strayPassages(tenant);
    if (first.length > 0 && isServed) await pause(STORING_MS, undefined, { signal });
    const now = new Set(first.length > 0 && isServed ? await store.strayPassages(tenant) : first);
    const still = first.filter((id) => now.has(id));
    if (deletes) await store.deletePassages(still);
    strays += still.length;
  }
  return strays;
}
