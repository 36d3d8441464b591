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
  const edges = nodes.map((node) => new Edge(node, cursorOf));
  return { edges, nodes, pageInfo: new PageInfo(edges, hasNextPage, hasPreviousPage) };
}

// Classes, since a getter in an object literal gives each object a hidden class of its own, which keeps what the getter
// sees, here all that a search found, until V8's next major collection.

class Edge<N> {
  constructor(
    readonly node: N,
    private readonly cursorOf: (node: N) => string,
  ) {}

  get cursor(): string {
    return this.cursorOf(this.node);
  }
}

class PageInfo<N> {
  constructor(
    private readonly edges: readonly Edge<N>[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
  ) {}

  get startCursor(): string | null {
    return this.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.edges.at(-1)?.cursor ?? null;
  }
}
