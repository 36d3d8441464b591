import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { IngestImagesDocument, IngestTextsDocument, ModalityGapDocument } from "../generated/operations";
import { dataIn, runCli } from "../support/parallax-cli";
import { plainPng } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";

jest.setTimeout(180_000);

const TEXTS = 30;
const PICTURES = 24;

let root: string;
let server: TestServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "parallax-gap-"));
  server = await startTestServer({ folder: join(root, "data") });
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

const gapOf = async (sample = 500) => (await server.ask(ModalityGapDocument, { sample })).data.collection.modalityGap;

it("tells no gap while there are too few documents", async () => {
  await server.ask(IngestTextsDocument, {
    input: Array.from({ length: TEXTS }, (_, i) => ({ key: `t${i}`, text: `a thing that has the number ${i}` })),
  });
  expect(await gapOf()).toBeNull();
});

it("tells the gap with every document's place", async () => {
  const image = async (i: number) => ({
    base64: (await plainPng([(i * 53) % 256, (i * 91) % 256, (i * 17) % 256], 48)).toString("base64"),
  });
  const input = await Promise.all(
    Array.from({ length: PICTURES }, async (_, i) => ({ key: `p${i}`, image: await image(i) })),
  );
  await server.ask(IngestImagesDocument, { input });
  server = await server.restart();
  const gap = (await gapOf())!;
  expect(gap.sampled).toEqual({ text: TEXTS, image: PICTURES });
  for (const measures of [gap, gap.calibrated]) {
    expect(measures.centroidDistance).toBeGreaterThan(0);
    for (const { mean, spread, quantiles, histogram } of [measures.withinText, measures.withinImage, measures.across]) {
      expect(Math.abs(mean)).toBeLessThan(1);
      expect(spread).toBeGreaterThan(0);
      expect(quantiles.map(({ share }) => share)).toEqual([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]);
      expect(histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  }
  expect(gap.across.mean).toBeLessThan(gap.withinText.mean);
  const { points, explained } = gap.projection;
  expect(explained[0]! + explained[1]!).toBeLessThan(1.000001);
  expect(points).toHaveLength(TEXTS + PICTURES);
  for (const { modality, document } of points) expect(document!.key).toMatch(modality === "TEXT" ? /^t\d+$/ : /^p\d+$/);
  expect(new Set(points.map(({ document }) => document!.key)).size).toBe(TEXTS + PICTURES);
});

it("looks at no more than it is told, and says within which bounds", async () => {
  expect((await gapOf(16))!.sampled).toEqual({ text: 16, image: 16 });
  for (const sample of [15, 1_001, -1]) {
    const { errors } = await server.ask(ModalityGapDocument, { sample });
    expect(errors![0]).toMatchObject({
      message: `\`sample\` is ${sample}; it must be from 16 to 1000.`,
      extensions: { code: "BAD_USER_INPUT" },
    });
  }
});

it("tells it by the command as by the server, and draws it", async () => {
  const env = dataIn(join(root, "data"));
  expect(await runCli(["gap"], env)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/A running Parallax has the Milvus Lite .* open/),
  });
  const told = (await gapOf())!;
  await server.stop();
  const [svg, png] = [join(root, "gap.svg"), join(root, "gap.png")];
  const { code, out } = await runCli(["gap", svg, "--json"], env);
  expect(code).toBe(0);
  const { model, projection, ...figures } = JSON.parse(out) as {
    model: string;
    projection: { points: { x: number; y: number; id: string }[] };
  };
  expect(model).toBe("mini-clip");
  const { projection: drawn, ...toldFigures } = told;
  expect(figures).toEqual(withoutTypes(toldFigures));
  expect(projection.points.map(({ id, x, y }) => [id, x, y])).toEqual(
    drawn.points.map(({ document, x, y }) => [document!.id, x, y]),
  );
  const drawing = await readFile(svg, "utf8");
  expect(drawing.match(/<circle /g)!.length).toBeGreaterThan(TEXTS);
  expect(drawing).toContain(`${TEXTS} texts and ${PICTURES} pictures`);
  expect(drawing).toContain("cosine, calibrated");
  expect(await runCli(["gap", png, "--sample", "20"], env)).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /measured on 20 texts and 20 pictures[\s\S]*distance of the means +\d\.\d{3} +\d\.\d{3}/,
    ),
  });
  expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: 1_800 });
});

it("says what is wrong with what it was asked", async () => {
  for (const [args, what] of [
    [["gap.pdf"], /must end with \.svg or \.png/],
    [["a.svg", "b.svg"], /One FILE is taken/],
    [["--sample", "5"], /from 16 to 1000; it is 5/],
    [["--plot"], /no option --plot; there are --sample, --json/],
    [[], /nothing to measure/],
  ] as const) {
    const { code, err } = await runCli(["gap", ...args], dataIn(join(root, "nothing")));
    expect([code, err]).toEqual([1, expect.stringMatching(what)]);
  }
});

/** What GraphQL says, without the names of its types. */
const withoutTypes = (value: object): unknown =>
  JSON.parse(JSON.stringify(value, (name, inner: unknown) => (name === "__typename" ? undefined : inner)));
