import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Modality, Vector } from "../../documents/document";
import type { EncodingRole, Fingerprint } from "../../ports/encoder";

const HASH_BYTES = 32;

/** What a vector was made of: `content` is a text, or a picture's file. */
export interface VectorSource {
  readonly kind: Modality;
  readonly role: EncodingRole;
  readonly content: string | Uint8Array;
}

/** The name that a vector is kept under: SHA-256 in hex. */
export function vectorKey({ kind, role, content }: VectorSource): string {
  return createHash("sha256").update(`${kind} ${role} `).update(content).digest("hex");
}

/**
 * Vectors that one model made before, in one file per fingerprint: hash and numbers, one after the other, appended only.
 * A record that an interrupted run left unfinished at the end is dropped.
 */
export class VectorCache {
  readonly #vectors = new Map<string, Vector>();

  private constructor(private readonly path: string) {}

  /** Reads what is there; `folder` is made when something is added. */
  static async open(folder: string, fingerprint: Fingerprint): Promise<VectorCache> {
    const name = createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex").slice(0, 16);
    const cache = new VectorCache(join(folder, `${name}.vectors`));
    await cache.#read(HASH_BYTES + 4 * fingerprint.dimension);
    return cache;
  }

  get(key: string): Vector | undefined {
    return this.#vectors.get(key);
  }

  async add(entries: readonly (readonly [key: string, vector: Vector])[]): Promise<void> {
    for (const [key, vector] of entries) this.#vectors.set(key, vector);
    const records = entries.flatMap(([key, { buffer, byteOffset, byteLength }]) => [
      Buffer.from(key, "hex"),
      Buffer.from(buffer, byteOffset, byteLength),
    ]);
    await mkdir(dirname(this.path), { recursive: true });
    await appendFile(this.path, Buffer.concat(records));
  }

  async #read(recordBytes: number): Promise<void> {
    const bytes = await readFile(this.path).catch(() => null);
    if (bytes === null) return;
    const whole = bytes.length - (bytes.length % recordBytes);
    if (whole < bytes.length) await truncate(this.path, whole);
    for (let at = 0; at < whole; at += recordBytes) {
      const key = bytes.toString("hex", at, at + HASH_BYTES);
      // Copied: numbers must begin at a multiple of four.
      this.#vectors.set(
        key,
        new Float32Array(new Uint8Array(bytes.subarray(at + HASH_BYTES, at + recordBytes)).buffer),
      );
    }
  }
}
