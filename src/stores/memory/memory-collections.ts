import type { CollectionInfo, Collections } from "../../ports/collections";
import type { DocumentStore } from "../../ports/document-store";
import type { Fingerprint } from "../../ports/encoder";
import { MemoryStore } from "./memory-store";

/** Collections that live as long as the process: the reference that every other store must agree with. */
export class MemoryCollections implements Collections {
  readonly #stores = new Map<string, MemoryStore>();
  #active: string | null = null;

  async open(fingerprint: Fingerprint): Promise<DocumentStore> {
    const key = JSON.stringify(fingerprint);
    const store = this.#stores.get(key) ?? new MemoryStore(`memory_${this.#stores.size}`, fingerprint);
    this.#stores.set(key, store);
    return store;
  }

  async activate(fingerprint: Fingerprint): Promise<void> {
    this.#active = JSON.stringify(fingerprint);
  }

  async list(): Promise<CollectionInfo[]> {
    return [...this.#stores].map(([key, { name, fingerprint }]) => ({
      name,
      fingerprint,
      active: key === this.#active,
    }));
  }

  async drop(fingerprint: Fingerprint): Promise<void> {
    const key = JSON.stringify(fingerprint);
    this.#stores.delete(key);
    if (this.#active === key) this.#active = null;
  }

  async close(): Promise<void> {
    this.#stores.clear();
  }
}
