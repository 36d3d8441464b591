import { MemoryCollections } from "../../src/stores/memory/memory-collections";
import { documentStoreContract } from "./document-store.suite";

describe("documents in memory", () => {
  documentStoreContract(async () => new MemoryCollections());
});
