import { BatchedEncoder } from "../../../src/encoders/batched-encoder";
import { succeeded } from "../../../src/errors";
import { begun, SteppedEncoder } from "../../support/stepped-encoder";

const texts = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name} ${i}`);
let stepped: SteppedEncoder;
let encoder: BatchedEncoder;
beforeEach(() => {
  stepped = new SteppedEncoder();
  encoder = new BatchedEncoder(stepped, { windowMs: 0, maxTexts: 64, maxImages: 32, atOnce: 1 });
});

it("encodes in one batch what comes at the same moment, and gives each caller its own", async () => {
  const both = Promise.all([encoder.encodeTexts(["a", "bb"], "query"), encoder.encodeTexts(["ccc"], "query")]);
  await begun();
  await stepped.step();
  const lengths = (await both).map((outcomes) => outcomes.map((one) => one.ok && one.value.vector[0]));
  expect(lengths).toEqual([[1, 2], [3]]);
  expect(stepped.batches).toEqual([["a", "bb", "ccc"]]);
});

it("lets queries overtake documents that wait, and documents have their turn", async () => {
  void encoder.encodeTexts(texts(200, "document"), "document");
  await begun();
  void encoder.encodeTexts(texts(300, "query"), "query");
  for (let i = 0; i < 7; i++) await stepped.step();
  const kinds = stepped.batches.map(([first]) => first!.split(" ")[0]);
  expect(kinds.slice(0, 6)).toEqual(["document", "query", "query", "query", "query", "document"]);
});

it("makes batches of documents short while queries come, by what batches took before", async () => {
  void encoder.encodeTexts(texts(64, "document"), "document");
  await begun();
  await stepped.step(64);
  void encoder.encodeTexts(["a query"], "query");
  await begun();
  void encoder.encodeTexts(texts(64, "document"), "document");
  await stepped.step();
  // 64 of them took 64 ms and more.
  expect(stepped.batches.at(-1)!.length).toBeLessThanOrEqual(12);
  expect(stepped.batches.at(-1)!.length).toBeGreaterThan(1);
});

it("encodes one document at the least, however long it takes", async () => {
  void encoder.encodeTexts(["slow"], "document");
  await begun();
  await stepped.step(200);
  void encoder.encodeTexts(texts(3, "slow"), "document");
  await begun();
  expect(stepped.batches.at(-1)).toEqual(["slow 0"]);
});

it("leaves out whom nobody waits for any more, and takes others in their place", async () => {
  const gone = new AbortController();
  void encoder.encodeTexts(["running"], "query");
  await begun();
  const dropped = Promise.allSettled([encoder.encodeTexts(texts(64, "dropped"), "query", gone.signal)]);
  const wanted = encoder.encodeTexts(texts(64, "wanted"), "query");
  gone.abort(new Error("hung up"));
  await stepped.step();
  expect(await dropped).toMatchObject([{ status: "rejected", reason: { message: "hung up" } }]);
  await stepped.step();
  expect((await wanted).length).toBe(64);
  expect(stepped.batches).toEqual([["running"], texts(64, "wanted")]);
});

it("goes on when all that waited have left, and finishes what was begun for one who left", async () => {
  const gone = new AbortController();
  const running = encoder.encodeTexts(["running"], "query", gone.signal);
  await begun();
  const dropped = Promise.allSettled([encoder.encodeTexts(["dropped"], "query", gone.signal)]);
  gone.abort(new Error("hung up"));
  await stepped.step();
  expect(await dropped).toMatchObject([{ status: "rejected", reason: { message: "hung up" } }]);
  expect((await running)[0]!.ok).toBe(true);
  const next = encoder.encodeTexts(["next"], "query");
  await begun();
  await stepped.step();
  expect((await next)[0]!.ok).toBe(true);
  expect(stepped.batches).toEqual([["running"], ["next"]]);
});

describe("of which several are encoded side by side", () => {
  /** Answers each batch when it is told to. */
  class SlowEncoder extends SteppedEncoder {
    readonly #running: (() => void)[] = [];

    override async encodeTexts(texts: readonly string[]) {
      this.batches.push([...texts]);
      await new Promise<void>((resolve) => this.#running.push(resolve));
      return texts.map((text) => succeeded({ vector: Float32Array.of(text.length), truncated: false }));
    }

    override async step(): Promise<void> {
      this.#running.shift()?.();
      await begun();
    }
  }
  beforeEach(() => {
    stepped = new SlowEncoder();
    encoder = new BatchedEncoder(stepped, { windowMs: 0, maxTexts: 64, maxImages: 32, atOnce: 3 });
  });

  it("begins as many whole batches as there are places, but leaves one to queries", async () => {
    void encoder.encodeTexts(texts(300, "document"), "document");
    await begun();
    expect(stepped.batches.map(({ length }) => length)).toEqual([64, 64]);
    void encoder.encodeTexts(["a query"], "query");
    await begun();
    expect(stepped.batches.at(-1)).toEqual(["a query"]);
    for (let i = 0; i < 5; i++) await stepped.step();
    expect(stepped.batches.map(({ length }) => length)).toEqual([64, 64, 1, 64, 64, 44]);
  });

  it("leaves one to documents where there are queries for all", async () => {
    void encoder.encodeTexts(texts(200, "query"), "query");
    await begun();
    expect(stepped.batches.map(({ length }) => length)).toEqual([64, 64]);
    void encoder.encodeTexts(["a document"], "document");
    await begun();
    expect(stepped.batches.at(-1)).toEqual(["a document"]);
    for (let i = 0; i < 4; i++) await stepped.step();
    expect(stepped.batches.map(({ length }) => length)).toEqual([64, 64, 1, 64, 8]);
  });
});
