import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-demo-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The demo as `npm run demo` starts it, with data of its own. */
function startDemo(flags: readonly string[], data = "samples", MODEL = "") {
  const env = { ...process.env, PORT: "0", DATA_FOLDER: join(folder, data), MODEL, MILVUS_URI: "" };
  const child = spawn(process.execPath, ["dist/demo/demo.js", ...flags], { cwd: root, env });
  const output = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.err += chunk));
  const ended = once(child, "close").then(([code]) => ({ code: code as number, ...output }));
  const says = async (text: string) => {
    while (!output.out.includes(text)) await Promise.race([once(child.stdout, "data"), ended.then(fail)]);
  };
  const fail = () => Promise.reject(new Error(`The demo ended: ${output.out}${output.err}`));
  return { child, output, ended, says };
}

const tops = (transcript: string) => transcript.split("\n").filter((line) => /^ {2}1\. /.test(line));

it("draws and stores the samples, finds red cats of both kinds, and ends well", async () => {
  const { code, out, err } = await startDemo(["--once"]).ended;
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/Drawing pictures: (\d+) of \1/);
  expect(out).toMatch(/Storing texts: (\d+) of \1/);
  expect(out).toMatch(/Storing pictures: (\d+) of \1/);
  const redCats = out.split('"Give me similar red cats"')[1]!.split("searchBy")[0]!;
  expect(redCats).toMatch(/\d\. text .*A red cat/);
  expect(redCats).toMatch(/\d\. image .*A red cat/);
  expect(tops(out)[5]).toMatch(/A green car/);
}, 180_000);

it("repeats no work when it is started again, serves until Ctrl-C, and leaves nothing behind", async () => {
  const demo = startDemo([]);
  await demo.says("Stop it with Ctrl-C");
  expect(demo.output.out).not.toMatch(/Drawing|Storing/);
  const [page, graphiql, graphql, picture] = [...demo.output.out.split("is running")[1]!.matchAll(/http:\S+/g)].map(
    String,
  );
  expect(await (await fetch(page!)).text()).toContain('<div id="root">');
  expect(await (await fetch(graphiql!)).text()).toContain("<html");
  expect((await fetch(picture!)).headers.get("content-type")).toBe("image/png");
  demo.child.kill("SIGINT");
  expect((await demo.ended).code).toBe(0);
  await expect(fetch(graphql!)).rejects.toThrow("fetch failed");
}, 120_000);

it("says what to do where its samples are another model's", async () => {
  const other = join(root, "test/fixtures/model-v2-layout");
  const { code, out, err } = await startDemo(["--once"], "samples", other).ended;
  expect(code).toBe(1);
  expect(out).toContain(`Delete ${join(folder, "samples")}, and the demo stores them anew.`);
  expect(err).toContain("The collection was made by mini-clip");
}, 60_000);

it("stops in order when it is interrupted in the middle", async () => {
  const demo = startDemo(["--once"], "interrupted");
  await demo.says("Drawing pictures");
  demo.child.kill("SIGINT");
  expect(await demo.ended).toMatchObject({ code: 130, err: "" });
  const again = await startDemo(["--once"], "interrupted").ended;
  expect(again).toMatchObject({ code: 0, err: "" });
}, 240_000);

it("stores and searches the user's own pictures, and says which it refused", async () => {
  const own = join(folder, "own pictures");
  await mkdir(join(own, "deep"), { recursive: true });
  const [one, other] = (await readdir(join(folder, "samples/samples"))).filter((name) => name.endsWith(".png"));
  await cp(join(folder, "samples/samples", one!), join(own, "deep/first.PNG"));
  await cp(join(folder, "samples/samples", other!), join(own, "second.png"));
  await writeFile(join(own, "broken.jpg"), "no picture");
  await writeFile(join(own, "notes.txt"), "no picture either");
  const { code, out, err } = await startDemo(["--once", "--images", own], "own").ended;
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("3 pictures in");
  expect(out).toContain("2 stored now, 0 stored before, 1 refused");
  expect(out).toMatch(/refused broken\.jpg: The file looks like/);
  expect(tops(out).at(-1)).toMatch(/deep\/first\.PNG$/);
  expect((await startDemo(["--once", "--images", own], "own").ended).out).toContain("0 stored now, 2 stored before");
}, 120_000);

it("says in one line what it does not know", async () => {
  expect(await startDemo(["--twice"]).ended).toEqual({
    code: 2,
    out: "",
    err: 'Unknown or incomplete option "--twice"; there are --once and --images FOLDER.\n',
  });
  const { code, err } = await startDemo(["--once", "--images", join(folder, "nowhere")], "none").ended;
  expect(code).toBe(2);
  expect(err).toMatch(/^--images .*nowhere is no folder that can be read\.\n$/);
}, 60_000);
