import { types } from "node:util";

/**
 * The same plain value with its Uint8Arrays and Float32Arrays copied out: those that arrive over IPC are windows on
 * the whole message, so that a small one that is kept would keep everything that came with it.
 */
export function ownBytes<T>(value: T): T {
  return own(value) as T;
}

function own(value: unknown): unknown {
  if (types.isUint8Array(value)) return new Uint8Array(value);
  if (types.isFloat32Array(value)) return new Float32Array(value);
  if (Array.isArray(value)) return value.map(own);
  if (Object.prototype.toString.call(value) !== "[object Object]") return value;
  return Object.fromEntries(Object.entries(value as object).map(([key, part]) => [key, own(part)]));
}
