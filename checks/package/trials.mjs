// What an installed package must do. Each trial throws with what it saw instead.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const QUICKLY_MS = 15_000;
/** The demo's data, with a server's settings. */
const DEMO_DATA = {
  PORT: "0",
  MODEL: "mini-clip",
  DATA_FOLDER: "./data/demo",
  MILVUS_URI: "./data/demo/milvus",
  LOG_LEVEL: "info",
};
const SEARCH = `{ searchByText(input: { text: "Give me similar red cats" }, first: 5) {
  nodes { __typename ... on TextHit { document { text } } ... on ImageHit { document { caption url } } } } }`;

const must = (holds, what, saw) => {
  if (!holds) throw new Error(`${what}; instead:\n${typeof saw === "string" ? saw : JSON.stringify(saw, null, 2)}`);
};

/** Says at once what is missing and what else would do, where there is no Python. */
export async function refusesWithoutPython(consumer, path) {
  const startedMs = performance.now();
  const home = join(consumer.folder, "another-home");
  const { code, err } = await consumer.run([], { PATH: path, HOME: home });
  must(
    code === 1 && /needs Python 3\.10/.test(err) && /MILVUS_URI=http/.test(err),
    "it names Python and the way without",
    err,
  );
  must(performance.now() - startedMs < QUICKLY_MS, "it says so at once", `after ${performance.now() - startedMs} ms`);
  must(!existsSync(join(home, ".cache/parallax/models")), "it downloads no model first", home);
}

/** Runs the demo to its end; what it told of setting up. */
export async function runsTheDemo(consumer) {
  const { code, out, err } = await consumer.run(["demo", "--once"], { PORT: "0" });
  const told = err.split("\n").filter(Boolean);
  must(
    code === 0 && told.every((line) => line.startsWith("setup: ")),
    "the demo ends well, without complaints",
    out + err,
  );
  must(/\d\. text .*A red cat/.test(out) && /\d\. image .*A red cat/.test(out), "it finds red cats of both kinds", out);
  return told;
}

/** Serves on the demo's data: GraphQL, a picture, the search page, GraphiQL; stops in order and leaves no process. */
export async function serves(consumer) {
  const server = await consumer.serve(DEMO_DATA);
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: SEARCH }),
    });
    const { data, errors } = await answer.json();
    const hits = data?.searchByText.nodes ?? [];
    must(
      hits.length === 5 && new Set(hits.map((hit) => hit.__typename)).size === 2,
      "it finds both kinds",
      errors ?? hits,
    );
    const picture = await fetch(hits.find((hit) => hit.document.url).document.url);
    must(picture.headers.get("content-type") === "image/png", "it serves pictures", String(picture.status));
    for (const [path, part] of [
      ["/", 'id="root"'],
      ["/graphiql", "YogaGraphiQL"],
      ["/ready", ""],
    ]) {
      const page = await fetch(server.url + path);
      must(page.ok && (await page.text()).includes(part), `${path} is there`, String(page.status));
    }
  } finally {
    const code = await server.stop();
    must(code === 0, "it stops in order", `exit code ${code}`);
  }
  must(processesOf(consumer.folder).length === 0, "it leaves no process behind", processesOf(consumer.folder));
}

/** The other commands, on the demo's data. */
export async function runsTheCommands(consumer) {
  const list = join(consumer.folder, "list.ndjson");
  await writeFile(list, '{"text":"A red cat from a list"}\n{"text":"A blue dog from a list"}\n');
  const calls = [
    [["--help"], /import SOURCE/],
    [["import", list, "--no-progress"], /2 are stored/],
    [["export", "./backup", "--no-progress"], /182 pictures/],
    [["audit"], /0 files of pictures belong to no document/],
    [["gap", "--json"], /centroidDistance/],
  ];
  for (const [args, expected] of calls) {
    const { code, out, err } = await consumer.run(args, { ...DEMO_DATA, LOG_LEVEL: "warn" });
    must(
      code === 0 && expected.test(out),
      `\`parallax-search ${args.join(" ")}\` does its work`,
      `exit code ${code}\n${out}${err}`,
    );
  }
  await rm(list);
}

/** The embedded benchmark reaches its floors. */
export async function evaluates(consumer) {
  const { code, out, err } = await consumer.run(["evaluate", "--json"]);
  must(code === 0, "the evaluation reaches its floors", out.slice(-2_000) + err);
}

/** Command lines of living processes that run something of a folder; on Linux, where they can be listed. */
function processesOf(folder) {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(folder));
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
