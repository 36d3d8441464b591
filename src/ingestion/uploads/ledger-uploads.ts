import { randomBytes } from "node:crypto";
import type { FileKind } from "../../documents/file-kind";
import { AppError } from "../../errors";
import type { MediaStore } from "../../ports/media-store";
import type { Ledger, Upload } from "../../ports/ledger";
import type { Limits } from "../../documents/limits";
import type { UploadLink, UploadRequest, Uploads } from "./uploads";
import { checkUpload, kindOf } from "./check-upload";
import { isSame, whole } from "./measure-stored";
import { Measured } from "./measured";
import { isSigned, signUpload } from "./upload-signature";

export interface UploadParts {
  readonly ledger: Ledger;
  readonly media: MediaStore;
  readonly limits: Limits;
  /** How long a link can be used. */
  readonly ttlMs: number;
  /** How long bytes are kept after that. */
  readonly keepMs: number;
}

/** Uploads: who may put what in the ledger, the bytes in the media store. */
export class LedgerUploads implements Uploads {
  #secret: Promise<string> | null = null;
  /** By id: bytes of one upload are received one after the other, so that the second finds what the first stored. */
  readonly #receiving = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: UploadParts) {}

  async create(tenant: string, request: UploadRequest): Promise<UploadLink> {
    const { ledger, limits, ttlMs, keepMs } = this.parts;
    const announced = checkUpload(request, limits);
    const id = randomBytes(16).toString("hex");
    const expiresAt = new Date(Date.now() + ttlMs);
    const kept = new Date(expiresAt.getTime() + keepMs);
    const signature = signUpload(await this.#signingSecret(), { tenant, id, expiresAt });
    await ledger.uploads.add({ id, tenant, ...announced, state: "awaited", expiresAt: kept });
    return { tenant, id, expiresAt, signature };
  }

  async admit(link: UploadLink): Promise<Upload> {
    if (!isSigned(await this.#signingSecret(), link)) {
      throw new AppError("INVALID_UPLOAD", "The URL's signature is not right. Use the URL as `createUpload` gave it.");
    }
    if (link.expiresAt.getTime() <= Date.now()) {
      throw new AppError("INVALID_UPLOAD", "The time to use this URL is over. Call `createUpload` again.");
    }
    return (await this.parts.ledger.uploads.get(link.tenant, link.id)) ?? gone();
  }

  async receive({ tenant, id }: Upload, source: AsyncIterable<Uint8Array>): Promise<"stored" | "conflict"> {
    const before = this.#receiving.get(id);
    const receiving = (before ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.#receive(tenant, id, source));
    this.#receiving.set(id, receiving);
    try {
      return await receiving;
    } finally {
      if (this.#receiving.get(id) === receiving) this.#receiving.delete(id);
    }
  }

  async read(tenant: string, id: string, kind: FileKind): Promise<Uint8Array> {
    const upload = await this.#stored(tenant, id);
    if (kindOf(upload.mediaType) !== kind) {
      throw new AppError("UNSUPPORTED_MEDIA_TYPE", `The upload is ${upload.mediaType}, not a ${kind}.`);
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of await this.#bytesOf(upload)) pieces.push(piece);
    return new Uint8Array(Buffer.concat(pieces));
  }

  async open(tenant: string, id: string): Promise<{ mediaType: string; bytes: AsyncIterable<Uint8Array> }> {
    const upload = await this.#stored(tenant, id);
    return { mediaType: upload.mediaType, bytes: await this.#bytesOf(upload) };
  }

  async #receive(tenant: string, id: string, source: AsyncIterable<Uint8Array>): Promise<"stored" | "conflict"> {
    const { ledger, media } = this.parts;
    const upload = (await ledger.uploads.get(tenant, id)) ?? gone();
    if (upload.state === "stored") return (await isSame(upload, source)) ? "stored" : "conflict";
    const measured = new Measured(source, upload);
    await media.putStream({ kind: "upload", tenant, id }, measured);
    await ledger.uploads.markStored(tenant, id, measured.sha256);
    return "stored";
  }

  async #stored(tenant: string, id: string): Promise<Upload> {
    const upload = await this.parts.ledger.uploads.get(tenant, id);
    return upload?.state === "stored" ? upload : gone();
  }

  /** What was stored, to the last byte: two servers may have received different bytes at once. */
  async #bytesOf(upload: Upload): Promise<AsyncIterable<Uint8Array>> {
    const { tenant, id } = upload;
    return whole(new Measured((await this.parts.media.getStream({ kind: "upload", tenant, id })) ?? gone(), upload));
  }

  #signingSecret(): Promise<string> {
    return (this.#secret ??= this.parts.ledger.secret("uploads").catch((error: unknown) => {
      this.#secret = null;
      throw error;
    }));
  }
}

function gone(): never {
  throw new AppError(
    "UPLOAD_NOT_FOUND",
    "There is no such upload: its bytes have not come yet, or its time is over. Call `createUpload` and put the bytes.",
  );
}
