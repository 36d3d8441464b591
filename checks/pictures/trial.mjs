import { faultOf } from "./judge.mjs";

const SIDE = 32;
const SHAPE = { side: SIDE, fit: "cover", scaledTo: SIDE, filter: "bicubic", resampler: "libvips" };

/** Gives the pictures that `next` makes to the decoder, so many at once, until `next` gives null. */
export async function tryPictures(decoder, next, atOnce) {
  const tally = { tried: 0, decoded: 0, refused: {}, slowest: { ms: 0, name: "" }, faults: [] };
  const turns = Array.from({ length: atOnce }, async () => {
    for (let picture = await next(); picture !== null; picture = await next()) await tryOne(decoder, picture, tally);
  });
  await Promise.all(turns);
  return tally;
}

async function tryOne(decoder, { name, file }, tally) {
  const began = performance.now();
  const [outcome] = await decoder.decode([file], SHAPE);
  const ms = performance.now() - began;
  tally.tried++;
  if (outcome.ok) tally.decoded++;
  else tally.refused[outcome.error.code] = (tally.refused[outcome.error.code] ?? 0) + 1;
  if (ms > tally.slowest.ms) tally.slowest = { ms, name };
  const fault = await faultOf(outcome, SIDE);
  if (fault !== null) tally.faults.push(`${name}: ${fault}`);
}
