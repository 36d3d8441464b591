import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** What is used of libheif's C interface: numbers are pointers and values, as in heif.h. */
export interface Libheif {
  /** A view of all memory; another one after each call, since memory grows. */
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    file: number,
    bytes: number,
    options: 0,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_get_luma_bits_per_pixel(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, profile: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, profile: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colourSpace: number,
    chroma: number,
    options: 0,
  ): void;
  _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number;
}

interface Settings {
  instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void): object;
  print(line: string): void;
  printErr(line: string): void;
}

const FOLDER = "libheif-js/libheif-wasm";
const load = createRequire(__filename);
let compiled: WebAssembly.Module | null = null;

/** A libheif of its own, whose memory goes with it: WebAssembly gives none back. */
export function openLibheif(): Libheif {
  const create = load(`${FOLDER}/libheif.js`) as (settings: Settings) => Libheif;
  const module = (compiled ??= new WebAssembly.Module(readFileSync(load.resolve(`${FOLDER}/libheif.wasm`))));
  return create({
    instantiateWasm(imports, ready) {
      const instance = new WebAssembly.Instance(module, imports);
      ready(instance);
      return instance.exports;
    },
    print: () => undefined,
    printErr: () => undefined,
  });
}
