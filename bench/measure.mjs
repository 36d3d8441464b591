/** Does `work(item)` for each item, so many at once; the milliseconds that it took. */
export async function timed(items, atOnce, work) {
  let next = 0;
  const began = performance.now();
  const worker = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return performance.now() - began;
}

/** The same with the milliseconds of each item. */
export async function eachTimed(items, atOnce, work) {
  const each = [];
  const ms = await timed(items, atOnce, async (item) => {
    const began = performance.now();
    await work(item);
    each.push(performance.now() - began);
  });
  return { ms, each };
}

/** Items a second, so many at once. */
export const perSecond = async (items, atOnce, work) => (1_000 * items.length) / (await timed(items, atOnce, work));

/**
 * Rounds of one side after the other, so that a machine's moods meet all; who begins changes. `sides`: by name, what
 * measures one round, given its number. The figures of all rounds by name.
 */
export async function alternate(rounds, sides) {
  const names = Object.keys(sides);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) figures[name].push(await sides[name](round));
  }
  return figures;
}

/** The median of the rounds' ratios. */
export const ratioOf = (ours, theirs) => median(ours.map((figure, round) => figure / theirs[round]));

/** The value below which a share of the values lies, the nearest one there is. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export const median = (values) => percentile(values, 0.5);

export const inParts = (items, size) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

export const rounded = (value) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
