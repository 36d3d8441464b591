import type { DocumentNode } from "graphql";
import type { RequestCost } from "./request-cost";

/** Of one operation: different numbers in its variables. */
const KEPT_AN_OPERATION = 100;
const LONGEST_KEY = 2_000;

const known = new WeakMap<DocumentNode, Map<string, RequestCost>>();

/**
 * A request's cost, counted once for an operation and all variables that differ in the words of their strings alone: a cost
 * follows from numbers, from how long lists are and from what is given at all. Counting takes longer than parsing.
 */
export function knownCost(
  document: DocumentNode,
  operationName: string | null,
  variables: Record<string, unknown>,
  count: () => RequestCost,
): RequestCost {
  const key = JSON.stringify([operationName, variables], (_, value: unknown) =>
    typeof value === "string" && value !== "" ? "…" : value,
  );
  const costs = known.get(document) ?? new Map<string, RequestCost>();
  known.set(document, costs);
  const cost = costs.get(key) ?? count();
  if (key.length <= LONGEST_KEY && costs.size < KEPT_AN_OPERATION) costs.set(key, cost);
  return cost;
}
