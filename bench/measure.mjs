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

/**
 * Rounds of one side after the other, so that a machine's moods meet both; each side is given the round's number and
 * answers with things a second. The medians, and the median of the rounds' ratios.
 */
export async function sideBySide(rounds, ours, raw) {
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const rawRate = await raw(round);
    measured.push({ ours: await ours(round), raw: rawRate });
  }
  return {
    ours: rounded(median(measured.map((one) => one.ours))),
    raw: rounded(median(measured.map((one) => one.raw))),
    ratio: rounded(median(measured.map((one) => one.ours / one.raw))),
  };
}

export const inParts = (items, size) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

export const rounded = (value) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
