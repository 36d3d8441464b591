import { boundOf } from "./bound.mjs";
import { rounded } from "./measure.mjs";

const isKept = ({ value, atLeast = -Infinity, atMost = Infinity }) => value >= atLeast && value <= atMost;
const limitOf = ({ atLeast, atMost }) => (atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`);

/**
 * A row's result: its figures, and what it claims of them: [{ what, value, atLeast | atMost }]. `ratio` is the first claim's
 * value unless given. `missed` tells each claim that does not hold; a value that is no number never does. `bound`: what bounds a row
 * that misses one, as it measured.
 */
export function judged(figures, claims, ratio = claims[0]?.value ?? null) {
  const missed = claims.filter((claim) => !isKept(claim));
  const told = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, shown(value)]));
  return {
    figures: told,
    ratio: ratio === null ? null : shown(ratio),
    target: claims.length === 0 ? null : claims.map((claim) => `${claim.what} ${limitOf(claim)}`).join("; "),
    ok: missed.length === 0,
    ...(missed.length > 0 && {
      missed: missed.map((one) => `${one.what} is ${shown(one.value)}`),
      bound: boundOf(told),
    }),
  };
}

const shown = (value) => (typeof value === "number" ? rounded(value) : value);
