import { cursorMaker } from "./cursor";

/** A page of a query's list: its entries, where each stands, and whether there is more on either side. */
interface Page<N> {
  readonly nodes: readonly N[];
  readonly positionOf: (node: N) => string | number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The page as a Relay connection; `query` ties its cursors to it. Cursors are made when they are asked for. */
export function connection<N>(query: unknown, { nodes, positionOf, hasNextPage, hasPreviousPage }: Page<N>) {
  let maker: ReturnType<typeof cursorMaker> | undefined;
  const cursorOf = (node: N) => (maker ??= cursorMaker(query))(positionOf(node));
  const edges = nodes.map((node) => ({
    node,
    get cursor() {
      return cursorOf(node);
    },
  }));
  const pageInfo = {
    hasNextPage,
    hasPreviousPage,
    get startCursor() {
      return edges[0]?.cursor ?? null;
    },
    get endCursor() {
      return edges.at(-1)?.cursor ?? null;
    },
  };
  return { edges, nodes, pageInfo };
}
