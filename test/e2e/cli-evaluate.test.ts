import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { dataSetFolder, QRELS_HEADER } from "../support/data-set";
import { dataIn, runCli } from "../support/parallax-cli";

const COLOURS = ["red", "green", "blue", "yellow"];
const square = (background: string) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();

async function colours(): Promise<string> {
  const pictures = await Promise.all(COLOURS.map(async (one) => [`${one}.png`, await square(one)] as const));
  return dataSetFolder({
    "documents.ndjson": COLOURS.flatMap((one) => [
      JSON.stringify({ id: `${one}.text`, thing: one, text: `Something ${one}` }),
      JSON.stringify({ id: `${one}.picture`, thing: one, image: `${one}.png` }),
    ]),
    "queries.ndjson": COLOURS.map((one) => JSON.stringify({ id: one, text: one })),
    "qrels.tsv": [QRELS_HEADER, ...COLOURS.flatMap((one) => [`${one}\t${one}.text\t2`, `${one}\t${one}.picture\t1`])],
    ...Object.fromEntries(pictures),
  });
}

it("measures a data set, embeds it once, and draws the sweep", async () => {
  const env = dataIn(mkdtempSync(join(tmpdir(), "parallax-evaluate-")));
  const folder = await colours();
  const plot = join(folder, "sweep.svg");
  const first = await runCli(["evaluate", folder, "--json", "--plot", plot], env);
  expect(first.code).toBe(0);
  expect(first.err).toContain("Embedding with mini-clip: 100 %");
  const { models, ok } = JSON.parse(first.out);
  expect(ok).toBe(true);
  expect(models[0].tasks[0]).toMatchObject({
    task: "t2t",
    ranking: "calibrated",
    queries: 4,
    documents: 4,
    recallAt5: 1,
  });
  expect(models[0].sweeps[0].points).toHaveLength(8);
  expect(readFileSync(plot, "utf8")).toMatch(/^<svg /);

  const compared = await runCli(["evaluate", folder, "--model", "mini-clip", "--model", "mini-clip"], env);
  expect(compared.code).toBe(0);
  expect(compared.out).toMatch(/t2both +calibrated +\+0\.000 \(\+0\.000 to \+0\.000\)/);
});

it.each([
  [["--foo"], /There is no option --foo; there are --json, --model/],
  [["--ranking", "best"], /--ranking must be one of calibrated, rrf, interleaved, cosine/],
  [["--seed", "-1"], /--seed/],
  [["a", "b"], /One FOLDER is taken/],
  [["--write", "there", "--json"], /goes with no FOLDER and no other option/],
  [["--long", "--sweep"], /--long measures texts of its own/],
  [["--long", "--model", "mini-clip", "--model", "mini-clip"], /--long measures one model/],
  [["nowhere"], /folder of the data set is not there/],
])("refuses %j", async (args, message) => {
  const { code, out, err } = await runCli(["evaluate", ...args], dataIn(tmpdir()));
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(message);
});

it("writes the benchmark out as a data set", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "parallax-benchmark-")), "benchmark");
  const { code } = await runCli(["evaluate", "--write", folder], dataIn(tmpdir()));
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, "dataset.json"), "utf8")).licence).toContain("CC BY-SA 4.0");
  const [first] = readFileSync(join(folder, "queries.ndjson"), "utf8").split("\n");
  expect(JSON.parse(first!)).toMatchObject({ tag: "label" });
  expect(existsSync(join(folder, "pictures", "tiger-openmoji.png"))).toBe(true);
});
