import type { Document, EmbeddedDocument, Modality, Vector } from "../documents/document";

/** A document in an export: flat, with null for what does not apply to it. The dates are ISO 8601, in UTC. */
export interface ExportRow {
  readonly id: string;
  readonly tenant: string;
  readonly key: string | null;
  readonly modality: Modality;
  readonly text: string | null;
  readonly truncated: boolean | null;
  readonly caption: string | null;
  readonly sourceUrl: string | null;
  readonly mediaType: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly metadata: object;
  readonly createdAt: string;
  readonly contentHash: string;
  readonly vector: readonly number[];
}

export function toExportRow({ document, vector }: EmbeddedDocument): ExportRow {
  const { id, tenant, key, modality, metadata, createdAt, contentHash } = document;
  const text = document.modality === "text" ? document : null;
  const picture = document.modality === "image" ? document : null;
  return {
    id,
    tenant,
    key,
    modality,
    text: text?.text ?? null,
    truncated: text?.truncated ?? null,
    caption: picture?.caption ?? null,
    sourceUrl: picture?.sourceUrl ?? null,
    mediaType: picture?.mediaType ?? null,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    metadata,
    createdAt: createdAt.toISOString(),
    contentHash,
    vector: shortest(vector),
  };
}

/** Nine digits name a 32-bit number exactly; as it is, it would be written with up to twenty. */
const shortest = (vector: Vector): number[] => Array.from(vector, (value) => Number(value.toPrecision(9)));

/** Vectors are as long as models make them, up to rounding. */
const MAX_LENGTH_ERROR = 1e-3;

class Fault extends Error {}

/** The document of a row that an export may hold; a string: what is wrong with the row. */
export function readExportRow(row: unknown, dimension: number): EmbeddedDocument | string {
  try {
    if (!isObject(row)) return "it is not a JSON object";
    return { document: readDocument(row), vector: readVector(row["vector"], dimension) };
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

function readDocument(row: Readonly<Record<string, unknown>>): Document {
  const read = <T>(name: string, isRight: (value: unknown) => value is T): T => {
    const value = row[name] ?? null;
    if (isRight(value)) return value;
    throw new Fault(`its ${name} is missing or wrong`);
  };
  const fields = {
    id: read("id", matching(/^[0-9a-f]{40}$/)),
    tenant: read("tenant", matching(/^[a-z0-9_-]{1,64}$/)),
    key: read("key", isTextOrNull),
    metadata: read("metadata", isObject) as Document["metadata"],
    createdAt: new Date(read("createdAt", isDate)),
    contentHash: read("contentHash", matching(/^[0-9a-f]{64}$/)),
  };
  if (read("modality", matching(/^(text|image)$/)) === "text") {
    return { ...fields, modality: "text", text: read("text", isText), truncated: read("truncated", isBoolean) };
  }
  return {
    ...fields,
    modality: "image",
    caption: read("caption", isTextOrNull),
    sourceUrl: read("sourceUrl", isTextOrNull),
    width: read("width", isSize),
    height: read("height", isSize),
    mediaType: read("mediaType", matching(/^image\/(jpeg|png|webp)$/)),
  };
}

function readVector(value: unknown, dimension: number): Vector {
  if (!Array.isArray(value)) throw new Fault("its vector is missing");
  if (value.length !== dimension) throw new Fault(`its vector has ${value.length} numbers, not ${dimension}`);
  const vector = Float32Array.from(value as number[]);
  const length = Math.hypot(...vector);
  if (Math.abs(length - 1) <= MAX_LENGTH_ERROR) return vector;
  throw new Fault("its vector is no unit vector");
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isSize = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;
const isDate = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));
const matching =
  (form: RegExp) =>
  (value: unknown): value is string =>
    isText(value) && form.test(value);
