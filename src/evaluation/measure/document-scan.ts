import type { Document, EmbeddedDocument, Modality, Vector } from "../../documents/document";
import type { Neighbour } from "../../ports/document-store";
import type { Content } from "../data-set/data-set";
import { dot } from "../../documents/vector";

/** A document or query as far as searching goes. */
export interface Item {
  readonly id: string;
  readonly kind: Modality;
  readonly vector: Vector;
  /** What a reranker reads. */
  readonly content: Content;
}

interface Order {
  readonly vector: Vector;
  readonly nearest: readonly Neighbour[];
}

/** A query is looked for as it is and centred: no other vectors are asked for again. */
const REMEMBERED = 2;

/**
 * All documents of a data set in the order of their cosine with a vector. What was asked for last is remembered, so that
 * many collections of the same documents, asked one query after the other, cost little more than one.
 */
export class DocumentScan {
  readonly #documents: readonly EmbeddedDocument[];
  readonly #vectors: ReadonlyMap<string, Vector>;
  #orders: readonly Order[] = [];

  constructor(items: readonly Item[]) {
    this.#documents = items.map(embeddedDocument);
    this.#vectors = new Map(items.map(({ id, vector }) => [id, vector]));
  }

  /** Cosine of a vector with one of the documents; null: it is none of them. */
  similarity(vector: Vector, id: string): number | null {
    const own = this.#vectors.get(id);
    return own === undefined ? null : dot(own, vector);
  }

  nearest(vector: Vector): readonly Neighbour[] {
    const known = this.#orders.find((one) => one.vector === vector || isEqual(one.vector, vector));
    if (known !== undefined) return known.nearest;
    const cosines = Float64Array.from(this.#documents, (one) => dot(one.vector, vector));
    const places = Array.from(cosines.keys()).sort((a, b) => cosines[b]! - cosines[a]!);
    const order = {
      vector,
      nearest: places.map((place) => ({
        document: this.#documents[place]!.document,
        passage: null,
        similarity: cosines[place]!,
      })),
    };
    this.#orders = [order, ...this.#orders.slice(0, REMEMBERED - 1)];
    return order.nearest;
  }
}

const isEqual = (a: Vector, b: Vector): boolean => a.every((value, i) => value === b[i]);

export const wordsOf = (content: Content): string => (content.kind === "text" ? content.text : "");

/** As much of a document as searching looks at, and nothing in the rest. */
function embeddedDocument({ id, kind, vector, content }: Item): EmbeddedDocument {
  const fields = { id, tenant: "", key: null, metadata: {}, createdAt: new Date(0), contentHash: id };
  const document: Document =
    kind === "text"
      ? { ...fields, modality: kind, text: wordsOf(content), truncated: false }
      : { ...fields, modality: kind, caption: null, sourceUrl: null, width: 0, height: 0, mediaType: "" };
  return { document, vector };
}
