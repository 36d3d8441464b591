import { constants, getPriority, setPriority } from "node:os";

/**
 * Lets the processes that answer requests go before this one. Where it stands behind them already, as under `nice -n 15`, it stays
 * there: who is not root may not come forward again, and fails.
 */
export function stepBack(): void {
  const { PRIORITY_BELOW_NORMAL: below } = constants.priority;
  if (getPriority() < below) setPriority(below);
}
