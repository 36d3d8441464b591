/** Levels of an item's metadata that are written down at all: far more than are stored, far fewer than a stack holds. */
export const MAX_DEPTH = 100;

/** Whether a JSON value has more levels than that. */
export function isDeeper(value: unknown, levels = MAX_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}
