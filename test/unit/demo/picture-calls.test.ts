import { pictureCalls, type ImageToIngest } from "../../../src/demo/picture-calls";

const picture = (key: string, bytes: number): ImageToIngest => ({
  key,
  caption: null,
  read: () => Promise.resolve(new Uint8Array(bytes)),
});

async function callsOf(images: readonly ImageToIngest[]) {
  const calls: { keys: string[]; unread: string[] }[] = [];
  for await (const { input, unread } of pictureCalls(images)) {
    calls.push({ keys: input.map(({ key }) => key), unread: unread.map(({ key, message }) => `${key}: ${message}`) });
  }
  return calls;
}

it("sends at most 20 small pictures in a call, in their order", async () => {
  const calls = await callsOf(Array.from({ length: 45 }, (_, i) => picture(`${i}`, 10)));
  expect(calls.map(({ keys }) => keys.length)).toEqual([20, 20, 5]);
  expect(calls.flatMap(({ keys }) => keys)).toEqual(Array.from({ length: 45 }, (_, i) => `${i}`));
});

it("keeps a call below the size of a request's body, and sends a large picture alone", async () => {
  const images = [picture("a", 5e6), picture("b", 5e6), picture("c", 5e6), picture("large", 20e6), picture("d", 1)];
  expect((await callsOf(images)).map(({ keys }) => keys)).toEqual([["a", "b"], ["c"], ["large"], ["d"]]);
});

it("says which pictures could not be read, and sends the others", async () => {
  const lost = { key: "lost", caption: null, read: () => Promise.reject(new Error("no such file")) };
  expect(await callsOf([lost, picture("a", 1)])).toEqual([{ keys: ["a"], unread: ["lost: no such file"] }]);
  expect(await callsOf([lost])).toEqual([{ keys: [], unread: ["lost: no such file"] }]);
  expect(await callsOf([])).toEqual([]);
});
