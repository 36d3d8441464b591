import { BatchedEncoder } from "../../../src/encoders/batched-encoder";
import { CachedEncoder } from "../../../src/encoders/cached-encoder";
import { begun, SteppedEncoder } from "../../support/stepped-encoder";

let stepped: SteppedEncoder;
let encoder: CachedEncoder;
beforeEach(async () => {
  stepped = new SteppedEncoder();
  encoder = new CachedEncoder(
    new BatchedEncoder(stepped, { windowMs: 0, maxTexts: 64, maxImages: 32, atOnce: 1 }),
    100,
  );
  // So that the others have to wait.
  void encoder.encodeTexts(["running"], "query");
  await begun();
});
/** Who hangs up, once `leave` is called. */
const caller = () => {
  const gone = new AbortController();
  return { signal: gone.signal, leave: () => gone.abort(new Error("hung up")) };
};

it("encodes what two wait for though the one who asked first has left", async () => {
  const { signal, leave } = caller();
  const both = Promise.all([
    encoder.encodeTexts(["shared"], "query", signal),
    encoder.encodeTexts(["shared"], "query"),
  ]);
  leave();
  await stepped.step();
  await stepped.step();
  expect((await both).map(([one]) => one!.ok)).toEqual([true, true]);
  expect(stepped.batches).toEqual([["running"], ["shared"]]);
});

it("does not encode what all have left", async () => {
  const callers = [caller(), caller()];
  const dropped = Promise.allSettled(callers.map(({ signal }) => encoder.encodeTexts(["shared"], "query", signal)));
  for (const { leave } of callers) leave();
  await stepped.step();
  expect((await dropped).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(stepped.batches).toEqual([["running"]]);
});

it("encodes it for who asks after all have left, whether that was noticed or not", async () => {
  const { signal, leave } = caller();
  const dropped = Promise.allSettled([encoder.encodeTexts(["shared"], "query", signal)]);
  leave();
  const unnoticed = encoder.encodeTexts(["shared"], "query");
  await stepped.step();
  await stepped.step();
  expect(await dropped).toMatchObject([{ status: "rejected", reason: { message: "hung up" } }]);
  expect((await unnoticed)[0]!.ok).toBe(true);
  expect((await encoder.encodeTexts(["shared"], "query"))[0]!.ok).toBe(true);
  expect(stepped.batches).toEqual([["running"], ["shared"]]);
});

it("remembers what is known whoever leaves", async () => {
  const { signal, leave } = caller();
  const known = encoder.encodeTexts(["known"], "query", signal);
  await stepped.step();
  await stepped.step();
  await known;
  leave();
  expect((await encoder.encodeTexts(["known"], "query", signal))[0]!.ok).toBe(true);
  expect(stepped.batches).toEqual([["running"], ["known"]]);
});
