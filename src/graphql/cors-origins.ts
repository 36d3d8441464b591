import type { CorsOptions } from "cors";

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Which pages may call the server from a browser: "*" is everyone, "localhost" pages of this machine on any port, else
 * the origins themselves ("https://shop.example").
 */
export function allowOrigins(origins: readonly string[]): NonNullable<CorsOptions["origin"]> {
  if (origins.includes("*")) return "*";
  return (origin, answer) =>
    answer(
      null,
      origin !== undefined && (origins.includes(origin) || (origins.includes("localhost") && LOOPBACK.test(origin))),
    );
}
