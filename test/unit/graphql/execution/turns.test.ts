import { setImmediate as nextTurn } from "node:timers/promises";
import { Turns } from "../../../../src/graphql/execution/turns";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

it("leaves a short list as it is", () => {
  const list = numbers(10);
  expect(new Turns().spread(list)).toBe(list);
});

it("gives the entries of a long list in order, some a turn of the event loop", async () => {
  let turns = 0;
  let isOver = false;
  void (async () => {
    while (!isOver) {
      await nextTurn();
      turns++;
    }
  })();
  expect(await Promise.all(new Turns().spread(numbers(1_000)))).toEqual(numbers(1_000));
  isOver = true;
  expect(turns).toBeGreaterThan(10);
});

it("gives turns of their own", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const work = (name: string) => turns.own().then(() => order.push(name));
  const other = nextTurn().then(() => nextTurn().then(() => order.push("other")));
  await Promise.all([work("a"), work("b"), work("c"), work("d"), other]);
  expect(order.indexOf("other")).toBeLessThan(3);
});

it("counts many short lists together", async () => {
  const turns = new Turns();
  const lists = numbers(20).map(() => turns.spread(numbers(10)));
  expect(lists.filter((list) => list[0] instanceof Promise)).toHaveLength(15);
  await Promise.all(lists.flat());
});
