import type { PixelRows } from "../../../png/png-of-pixels";
import { openLibheif, type Libheif } from "./libheif";

/** What a HEIC says of its main picture, upright. */
export interface HeicHeader {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly bitsPerSample: number;
}

// As heif.h numbers them.
const RGB = 1;
const INTERLEAVED = 10;
const CHROMA = { 3: 10, 4: 11 } as const;
/** ITU-T H.273. */
const DISPLAY_P3 = 12;

/** A HEIC, its main picture found and nothing unpacked. Throws an Error with libheif's own words. */
export class HeicFile {
  readonly #heif: Libheif = openLibheif();
  readonly #error = this.#heif._malloc(16);
  readonly #out = this.#heif._malloc(16);
  readonly #handle: number;
  readonly header: HeicHeader;

  constructor(bytes: Uint8Array) {
    const heif = this.#heif;
    const file = heif._malloc(bytes.byteLength);
    heif.HEAPU8.set(bytes, file);
    const context = heif._heif_context_alloc();
    this.#try(() => heif._heif_context_read_from_memory_without_copy(this.#error, context, file, bytes.byteLength, 0));
    this.#try(() => heif._heif_context_get_primary_image_handle(this.#error, context, this.#out));
    this.#handle = this.#result();
    this.header = {
      width: heif._heif_image_handle_get_width(this.#handle),
      height: heif._heif_image_handle_get_height(this.#handle),
      hasAlpha: heif._heif_image_handle_has_alpha_channel(this.#handle) === 1,
      bitsPerSample: heif._heif_image_handle_get_luma_bits_per_pixel(this.#handle),
    };
  }

  /** Its ICC profile; "p3" where it names Display P3 without one, null for what is shown as sRGB. */
  get profile(): Buffer | "p3" | null {
    const heif = this.#heif;
    const bytes = heif._heif_image_handle_get_raw_color_profile_size(this.#handle);
    if (bytes > 0) {
      const profile = heif._malloc(bytes);
      this.#try(() => heif._heif_image_handle_get_raw_color_profile(this.#error, this.#handle, profile));
      return Buffer.from(heif.HEAPU8.slice(profile, profile + bytes));
    }
    heif._heif_image_handle_get_nclx_color_profile(this.#error, this.#handle, this.#out);
    // Behind the version, a byte that fills four, stand the primaries.
    const hasOne = heif.HEAPU32[this.#error >> 2] === 0;
    return hasOne && heif.HEAPU32[(this.#result() >> 2) + 1] === DISPLAY_P3 ? "p3" : null;
  }

  /** Unpacks it, turned and mirrored as the file says; the pixels lie in the file's own memory. */
  unpack(): PixelRows {
    const heif = this.#heif;
    const channels = this.header.hasAlpha ? 4 : 3;
    this.#try(() => heif._heif_decode_image(this.#error, this.#handle, this.#out, RGB, CHROMA[channels], 0));
    const start = heif._heif_image_get_plane_readonly2(this.#result(), INTERLEAVED, this.#out);
    const stride = this.#result();
    return { samples: heif.HEAPU8.subarray(start, start + stride * this.header.height), stride, channels };
  }

  /** Runs a call that writes a heif_error: code, subcode, pointer to a message. */
  #try(call: () => void): void {
    call();
    const [code, , message] = this.#heif.HEAPU32.subarray(this.#error >> 2, (this.#error >> 2) + 3);
    if (code === 0) return;
    const memory = this.#heif.HEAPU8;
    throw new Error(`libheif: ${Buffer.from(memory.subarray(message!, memory.indexOf(0, message))).toString()}`);
  }

  #result(): number {
    return this.#heif.HEAPU32[this.#out >> 2]!;
  }
}
