import { setImmediate as nextTurn } from "node:timers/promises";
import { passageId, type Document, type EmbeddedDocument, type Vector } from "../documents/document";
import type { DocumentStore, Neighbour } from "../ports/document-store";
import { hasLeft, type Gone, type Queued } from "../ports/gone";
import type { NeighbourRequest, Reads, Sighted, SimilarityRequest } from "../search/lookups";

/** Cosines of documents with a direction that requests share; forgotten when there are more: some 10 MB. */
const KNOWN_COSINES = 50_000;

/** Requests that go on in one turn of the event loop once they are answered: some milliseconds of work. */
const ANSWERED_A_TURN = 4;

export interface GatheredReadsOptions {
  /** How many calls the store has to answer at the same time, at most. */
  readonly calls: number;
  /** How many vectors, or ids, one call carries at most. */
  readonly items: number;
}

/**
 * Reads of the whole process. What is asked for while the store is busy, by whatever request, goes out together: searches
 * that differ in their vector alone as one call, ids as one call. A store answers 8 vectors in half the time of 8 calls.
 */
export class GatheredReads implements Reads {
  readonly #lanes = new Map<string, Lane<unknown, unknown>>();
  readonly #known = new WeakMap<Vector, Map<string, number>>();
  /** Shared directions whose cosine with something that was found last was not known. */
  readonly #meetingNew = new WeakSet<Vector>();
  readonly #names = new WeakMap<Vector, number>();
  #named = 0;
  #running = 0;
  #scheduled = false;

  constructor(
    private readonly store: DocumentStore,
    private readonly options: GatheredReadsOptions,
  ) {}

  /** Cosines with a shared direction are asked for along the way while searches find what is not known. */
  async neighbours({ vector, shared, fields, ...query }: NeighbourRequest, gone: Gone | null): Promise<Neighbour[]> {
    const beside = shared !== undefined && this.#meetingNew.has(shared) ? shared : null;
    const ask = (asked: readonly Near[]) => {
      const [vectors, wanted] = [asked.map((one) => one.vector), fieldsOfAll(asked)];
      return this.store.neighbours({ vectors, ...query, ...wanted, ...(beside === null ? {} : { beside }) });
    };
    const kind = `neighbours ${beside === null ? "" : this.#nameOf(beside)} ${JSON.stringify(query)}`;
    const near = await this.#add(kind, { vector, fields }, ask, gone);
    if (shared !== undefined) this.#meet(shared, near);
    return near;
  }

  /** Those of a shared direction are remembered: equal contents have equal vectors. */
  async similarities(
    { direction, isShared, of, ...query }: SimilarityRequest,
    gone: Gone | null,
  ): Promise<(number | null)[]> {
    const known = isShared ? this.#knownOf(direction) : new Map<string, number>();
    const cosines = of.map((one) => known.get(contentOf(one)) ?? null);
    const missing = [...of.keys()].filter((i) => cosines[i] === null);
    if (missing.length === 0) return cosines;
    const ids = missing.map((i) => idOf(of[i]!));
    const ask = async (lists: readonly (readonly string[])[]) => {
      const all = [...new Set(lists.flat())];
      const [cosinesOf] = await this.store.similarities({ vectors: [direction], ids: all, ...query });
      const byId = new Map(all.map((id, i) => [id, cosinesOf![i]!]));
      return lists.map((list) => list.map((id) => byId.get(id)!));
    };
    const told = await this.#add(`similarities ${this.#nameOf(direction)} ${JSON.stringify(query)}`, ids, ask, gone);
    missing.forEach((i, at) => {
      const cosine = (cosines[i] = told[at]!);
      if (cosine !== null) known.set(contentOf(of[i]!), cosine);
    });
    return cosines;
  }

  document(tenant: string, id: string, gone: Gone | null): Promise<Document | null> {
    return this.#add(`document ${tenant}`, id, (ids) => this.store.read(tenant, ids), gone);
  }

  embedded(tenant: string, id: string, gone: Gone | null): Promise<EmbeddedDocument | null> {
    return this.#add(`embedded ${tenant}`, id, (ids) => this.store.get(tenant, ids), gone);
  }

  /** `gone`: aborted once nobody waits for it any more. */
  #add<I, O>(
    kind: string,
    item: I,
    answer: (items: readonly I[]) => Promise<readonly O[]>,
    gone: Gone | null,
  ): Promise<O> {
    const lane = (this.#lanes.get(kind) as Lane<I, O> | undefined) ?? { answer, waiting: [] };
    this.#lanes.set(kind, lane as unknown as Lane<unknown, unknown>);
    const result = new Promise<O>((resolve, reject) => lane.waiting.push({ item, gone, resolve, reject }));
    this.#schedule();
    return result;
  }

  /** What is asked for in the same turn of the event loop starts together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#running < this.options.calls && this.#lanes.size > 0) void this.#runOne();
    });
  }

  async #runOne(): Promise<void> {
    const [kind, lane] = this.#lanes.entries().next().value!;
    // The lane that was served goes behind the others.
    this.#lanes.delete(kind);
    const batch = takeWanted(lane.waiting, this.options.items);
    if (lane.waiting.length > 0) this.#lanes.set(kind, lane);
    if (batch.length === 0) return;
    this.#running++;
    const [answers, failure] = await lane.answer(batch.map(({ item }) => item)).then(
      (told) => [told, null] as const,
      (error: unknown) => [null, { error }] as const,
    );
    this.#running--;
    if (this.#lanes.size > 0) this.#schedule();
    for (const [i, { resolve, reject }] of batch.entries()) {
      // Requests that were answered together would go on together, and keep everybody else waiting.
      if (i > 0 && i % ANSWERED_A_TURN === 0) await nextTurn();
      if (failure === null) resolve(answers[i]);
      else reject(failure.error);
    }
  }

  /** Remembers what was told of what is new. */
  #meet(shared: Vector, near: readonly Neighbour[]): void {
    const known = this.#knownOf(shared);
    const unknown = near.filter((one) => !known.has(contentOf(one)));
    if (unknown.length === 0) this.#meetingNew.delete(shared);
    else this.#meetingNew.add(shared);
    for (const one of unknown) {
      if (one.passage === null && one.besideSimilarity !== undefined) known.set(contentOf(one), one.besideSimilarity);
    }
  }

  #knownOf(direction: Vector): Map<string, number> {
    const known = this.#known.get(direction);
    if (known !== undefined && known.size < KNOWN_COSINES) return known;
    const anew = new Map<string, number>();
    this.#known.set(direction, anew);
    return anew;
  }

  #nameOf(vector: Vector): number {
    const name = this.#names.get(vector) ?? ++this.#named;
    this.#names.set(vector, name);
    return name;
  }
}

const idOf = ({ document, passage }: Sighted): string =>
  passage === null ? document.id : passageId(document, passage);

/** Equal for what has the same vector. */
const contentOf = ({ document, passage }: Sighted): string =>
  passage === null ? document.contentHash : `${document.contentHash} ${passage.start}-${passage.end}`;

/** One of the searches that a call carries; `fields`: undefined for all. */
interface Near {
  readonly vector: Vector;
  readonly fields: NeighbourRequest["fields"];
}

/** What any of them wants, so that searches which want different fields still go out together. */
function fieldsOfAll(asked: readonly Near[]): Pick<NeighbourRequest, "fields"> {
  const lists = asked.flatMap(({ fields }) => (fields === undefined ? [] : [fields]));
  return lists.length < asked.length ? {} : { fields: [...new Set(lists.flat())] };
}

/** Items that one call can answer together. */
interface Lane<I, O> {
  readonly answer: (items: readonly I[]) => Promise<readonly O[]>;
  readonly waiting: Waiting<I, O>[];
}

interface Waiting<I, O> extends Queued {
  readonly item: I;
  readonly resolve: (answer: O) => void;
}

/** The first of them, without those that nobody waits for any more. */
function takeWanted<I, O>(waiting: Waiting<I, O>[], count: number): Waiting<I, O>[] {
  const taken: Waiting<I, O>[] = [];
  while (taken.length < count && waiting.length > 0) {
    const one = waiting.shift()!;
    if (!hasLeft(one)) taken.push(one);
  }
  return taken;
}
