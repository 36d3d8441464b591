import type { CorsOptions } from "cors";

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Whether pages of an origin may call the server from a browser: "*" is everyone, "localhost" pages of this machine on any
 * port, else the origins themselves ("https://shop.example").
 */
export const originFilter =
  (origins: readonly string[]) =>
  (origin: string): boolean =>
    origins.includes("*") || origins.includes(origin) || (origins.includes("localhost") && LOOPBACK.test(origin));

/** The same for the `cors` package. */
export function allowOrigins(origins: readonly string[]): NonNullable<CorsOptions["origin"]> {
  if (origins.includes("*")) return "*";
  const allows = originFilter(origins);
  return (origin, answer) => answer(null, origin !== undefined && allows(origin));
}
