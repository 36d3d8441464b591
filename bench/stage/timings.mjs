import { median } from "../measure.mjs";

const TIMED = `query ($text: String!) { searchByText(input: { text: $text }, first: 5) { timings { embedMs storeMs rankMs } } }`;

/** Where the time of a search goes, as the server tells it: the median of each stage. */
export async function eachStage(client, asked) {
  const told = [];
  for (const text of asked) told.push((await client.ask(TIMED, { text })).searchByText.timings);
  const stages = { "embedding, ms": "embedMs", "Milvus, ms": "storeMs", "ranking, ms": "rankMs" };
  return Object.fromEntries(
    Object.entries(stages).map(([name, field]) => [name, median(told.map((one) => one[field]))]),
  );
}
