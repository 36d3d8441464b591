import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import "../../../../src/stores/milvus/plain-binding";

const storage = new AsyncLocalStorage<string>();

function told(this: unknown, ...given: unknown[]) {
  return { context: storage.getStore(), self: this, given };
}

/** @types/node does not know the second parameter of `bind`. */
type Bind = (fn: typeof told, thisArg?: unknown) => typeof told;

const boundWithin = (context: string, thisArg?: unknown) =>
  storage.run(context, () => (new AsyncResource("test") as unknown as { bind: Bind }).bind(told, thisArg));

it("binds to the context that it was bound in, and passes arguments and result on", () => {
  expect(storage.run("another", () => boundWithin("mine")(1, 2))).toMatchObject({ context: "mine", given: [1, 2] });
});

it("keeps the caller's `this` unless another was given", () => {
  const [own, given] = [{}, {}];
  expect(boundWithin("mine").call(own).self).toBe(own);
  expect(boundWithin("mine", given).call(own).self).toBe(given);
});

it("binds without the property whose accessors V8 keeps", () => {
  expect(Object.getOwnPropertyDescriptor(boundWithin("mine"), "asyncResource")).toBeUndefined();
  expect(Object.getOwnPropertyDescriptor(AsyncResource.bind(told), "asyncResource")).toBeUndefined();
});
