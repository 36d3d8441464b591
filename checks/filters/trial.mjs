import { isDeepStrictEqual } from "node:util";
import { filterGenerator } from "./generate.mjs";
import { mayBeRefused } from "./refusals.mjs";
import { shrink } from "./shrink.mjs";

const AT_ONCE = 4;
/** So many wrong answers are looked into; then the rest would only say the same. */
const ENOUGH = 5;
const SHOWN = 1_500;
/** The compared number in a message: one reason is one line. */
const NUMBER = /(?<=compares with )-?[\d.e+]+(?=,)/;

/**
 * Gives a target `count` filters and compares its answers with what is expected. `mismatches` are sentences, each about
 * the smallest filter found that still fails.
 */
export async function tryFilters(target, count, random) {
  const next = filterGenerator(target.documents, random);
  const tally = { tried: 0, compared: 0, nobody: 0, everybody: 0, refused: new Map(), mismatches: [] };
  const all = target.documents.length;
  const work = async () => {
    while (tally.tried < count && tally.mismatches.length < ENOUGH) {
      const turn = tally.tried++;
      const filter = next();
      const { fault, refusal, expected } = await judge(target, filter, turn);
      if (fault) tally.mismatches.push(await explain(target, filter, turn));
      else if (refusal) tally.refused.set(refusal, (tally.refused.get(refusal) ?? 0) + 1);
      else {
        const size = Array.isArray(expected) ? expected.length : expected;
        tally.compared++;
        if (size === 0) tally.nobody++;
        if (size === all) tally.everybody++;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tally;
}

/** One filter: `fault` says what is wrong, `refusal` why it was refused rightly; else the answer was as expected. */
async function judge(target, filter, turn) {
  try {
    const { way, expected, found } = await target.answer(filter, turn);
    if (isDeepStrictEqual(found, expected)) return { expected };
    return { fault: `${way} found ${sizeOf(found)}, expected ${sizeOf(expected)}` };
  } catch (error) {
    const allowed = (target.mayBeRefused ?? mayBeRefused)(filter);
    if (error.code === "INVALID_FILTER" && allowed) return { refusal: error.message.replace(NUMBER, "N") };
    return { fault: `${error.code ?? error.name}: ${error.message}` };
  }
}

const sizeOf = (answer) => (Array.isArray(answer) ? `${answer.length} documents` : answer);

async function explain(target, filter, turn) {
  const smallest = await shrink(filter, async (candidate) => Boolean((await judge(target, candidate, turn)).fault));
  const { fault } = await judge(target, smallest, turn);
  return `filter ${turn}: ${fault}: ${JSON.stringify(smallest)}`.slice(0, SHOWN);
}
