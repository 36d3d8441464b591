import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { dataSetFolder, QRELS_HEADER } from "../support/data-set";
import { familyFolder } from "../support/models";
import { rerankerFolder } from "../support/rerankers";
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

it("measures the reranker that is configured, and says where there is none", async () => {
  const env = dataIn(mkdtempSync(join(tmpdir(), "parallax-evaluate-")));
  const args = ["evaluate", await colours(), "--rerank", "--candidates", "3"];
  const { code, out } = await runCli([...args, "--json"], { ...env, RERANK_MODEL: rerankerFolder("bert") });
  expect(code).toBe(0);
  const { rerank } = JSON.parse(out).models[0];
  expect(rerank).toMatchObject({ model: "bert", candidates: 3 });
  const told = rerank.tasks.map(({ task, queries }: { task: string; queries: number }) => [task, queries]);
  expect(told).toEqual([
    ["t2t", 4],
    ["t2both", 4],
    ["t2half", 4],
  ]);
  const none = await runCli(args, env);
  expect([none.code, none.out]).toEqual([1, ""]);
  expect(none.err).toContain("--rerank measures the reranker that RERANK_MODEL names");
});

it("compares a model with one of texts only, task by task, and draws it", async () => {
  const env = dataIn(mkdtempSync(join(tmpdir(), "parallax-evaluate-")));
  const folder = await colours();
  const plot = join(folder, "compared.png");
  const args = ["evaluate", folder, "--model", "mini-clip", "--against", familyFolder("text-mean"), "--plot", plot];
  const { code, out } = await runCli(args, env);
  expect(code).toBe(0);
  expect(out).toMatch(/NDCG@10, mini-clip against .*text-mean/);
  expect(out).toMatch(/text-to-text +[01]\.\d{3} +[01]\.\d{3} +[+-]\d+\.\d %/);
  expect(out).toMatch(/text-to-image +[01]\.\d{3} +– +–/);
  expect(out).toMatch(/mixed, by text +[01]\.\d{3} +– +–/);
  expect((await sharp(plot).metadata()).format).toBe("png");
});

it.each([
  [["--candidates", "5"], /--candidates goes with --rerank/],
  [["--rerank", "--candidates", "500"], /from 1 to 200; it is 500/],
  [["--foo"], /There is no option --foo; there are --json, --model/],
  [["--ranking", "best"], /--ranking must be one of calibrated, rrf, interleaved, cosine/],
  [["--seed", "-1"], /--seed/],
  [["--against", "a"], /--against wants one --model/],
  [["--model", "a", "--model", "b", "--against", "c"], /--against wants one --model/],
  [["--plot", "drawing.pdf"], /--plot must end with \.svg or \.png/],
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
