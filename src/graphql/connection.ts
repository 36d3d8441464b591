import { cursorMaker } from "./cursor";

/** A page of a query's list: its entries, where each stands, and whether there is more on either side. */
interface Page<N> {
  readonly nodes: readonly N[];
  readonly positionOf: (node: N) => string | number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The page as a Relay connection; `query` ties its cursors to it. */
export function connection<N>(query: unknown, { nodes, positionOf, hasNextPage, hasPreviousPage }: Page<N>) {
  const cursorOf = cursorMaker(query);
  const edges = nodes.map((node) => ({ cursor: cursorOf(positionOf(node)), node }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { edges, nodes, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
}
