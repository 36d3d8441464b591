import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawSamples } from "./draw-samples";
import { GRADES, mixedBenchmark, type BenchmarkContent } from "./mixed-benchmark";

const PICTURES = "pictures";

/** What is told about the benchmark wherever it goes. */
const ABOUT = {
  name: "Parallax mixed emoji benchmark",
  description:
    "Things as a text and as a picture each, asked for by label, by other words and by a picture in another style. " +
    "Split by thing into tune and test: tune constants on the one, report the other.",
  licence:
    "Pictures whose names end in -openmoji: OpenMoji, CC BY-SA 4.0. -twemoji: Twemoji, Twitter and contributors, CC BY 4.0. " +
    "-fluent-emoji-flat: Fluent Emoji, Microsoft, MIT. Labels and words: emojibase-data, Miles Johnson, MIT.",
  /** Recall and MRR count the thing itself; NDCG counts its kin as well. */
  relevantFrom: GRADES.same,
};

/**
 * Writes the mixed benchmark into a folder as docs/evaluation.md describes data sets. The pictures are drawn once: a
 * second call for the same folder only writes the lists.
 */
export async function writeBenchmark(folder: string, onProgress: (done: number, total: number) => void): Promise<void> {
  const { documents, queries, qrels } = mixedBenchmark();
  const drawings = [...documents, ...queries].flatMap(({ content }) =>
    content.kind === "image" ? [content.drawing] : [],
  );
  await mkdir(join(folder, PICTURES), { recursive: true });
  await drawSamples(drawings, join(folder, PICTURES), onProgress);
  const list = (name: string, lines: readonly string[]) => writeFile(join(folder, name), `${lines.join("\n")}\n`);
  await list(
    "documents.ndjson",
    documents.map(({ id, thing, split, content }) => JSON.stringify({ id, thing, split, ...written(content) })),
  );
  await list(
    "queries.ndjson",
    queries.map(({ id, split, tag, content }) => JSON.stringify({ id, split, tag, ...written(content) })),
  );
  await list("qrels.tsv", ["query-id\tcorpus-id\tscore", ...qrels.map((one) => one.join("\t"))]);
  await writeFile(join(folder, "dataset.json"), `${JSON.stringify(ABOUT, null, 2)}\n`);
}

const written = (content: BenchmarkContent) =>
  content.kind === "text" ? { text: content.text } : { image: `${PICTURES}/${content.drawing.key}.png` };
