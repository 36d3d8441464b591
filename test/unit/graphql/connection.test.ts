import { connection } from "../../../src/graphql/connection";
import { readCursor } from "../../../src/graphql/cursor";

const isNumber = (value: unknown): value is number => typeof value === "number";
const page = (positionOf: (node: string) => number) =>
  connection("query", { nodes: ["a", "b"], positionOf, hasNextPage: true, hasPreviousPage: false });

it("makes cursors when they are asked for, of the query and each entry's position", () => {
  const asked: string[] = [];
  const { edges, pageInfo } = page((node) => asked.push(node));
  expect(asked).toEqual([]);
  expect(readCursor("query", edges[1]!.cursor, isNumber)).toBe(1);
  expect(asked).toEqual(["b"]);
  const { startCursor, endCursor } = page((node) => (node === "a" ? 7 : 8)).pageInfo;
  expect([startCursor, endCursor].map((cursor) => readCursor("query", cursor!, isNumber))).toEqual([7, 8]);
  expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
});

it("has no ends where it has no entries", () => {
  const empty = { nodes: [], positionOf: () => 0, hasNextPage: false, hasPreviousPage: false };
  expect(connection("query", empty).pageInfo).toMatchObject({ startCursor: null, endCursor: null });
});

it("gives no object an accessor of its own, which V8 would keep", () => {
  const { edges, pageInfo } = page(() => 0);
  for (const one of [...edges, pageInfo])
    for (const { get } of Object.values(Object.getOwnPropertyDescriptors(one))) expect(get).toBeUndefined();
});
