import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { plainBase64 } from "../support/pictures";
import { makePdf } from "../support/pdfs";
import { startChatServer, type ChatServer } from "../support/chat-server";
import { rerankerFolder } from "../support/rerankers";
import { readText, snippetsOf } from "../support/markdown";
import { makeSchemaConsumer, type SchemaConsumer } from "../support/schema-consumer";
import { startTestServer, type TestServer } from "../support/server";

const run = promisify(execFile);
const cookbook = readText("docs/cookbook.md");

let chat: ChatServer;
let server: TestServer;
let consumer: SchemaConsumer;
beforeAll(async () => {
  chat = await startChatServer((talk) => talk.say("It is ", "asleep [1].").end());
  const env = {
    LLM_BASE_URL: chat.baseUrl,
    LLM_MODEL: "a-model",
    RERANK_MODEL: rerankerFolder("bert"),
    RERANK_TIMEOUT_MS: "20000",
  };
  [server, consumer] = await Promise.all([startTestServer({ env }), makeSchemaConsumer()]);
});
afterAll(() => Promise.all([server.remove(), consumer.remove(), chat.stop()]));

describe("in the order of the cookbook", () => {
  it("stores a text and an uploaded picture with curl, and finds both", async () => {
    const picture = join(consumer.folder, "picture.png");
    await writeFile(picture, Buffer.from(await plainBase64([225, 35, 35]), "base64"));
    const pdf = join(consumer.folder, "paper.pdf");
    await writeFile(pdf, makePdf({ pages: ["On cats", "On cars"] }));
    const env = { PATH: process.env["PATH"], PARALLAX: server.url, PICTURE: picture, PDF: pdf };
    const said: string[] = [];
    for (const snippet of snippetsOf(cookbook, "sh")) {
      const { stdout } = await run("sh", ["-euc", snippet], { env });
      said.push(stdout);
    }

    expect(said.map((answer) => answer.includes('"errors"'))).toEqual(said.map(() => false));
    expect(said[0]).toContain('"Ingested"');
    expect(said[1]).toContain('"Ingested"');
    const { data } = JSON.parse(said[2]!) as { data: { searchByText: { nodes: { document: object }[] } } };
    expect(data.searchByText.nodes.map(({ document }) => document)).toEqual(
      expect.arrayContaining([{ text: "A red cat asleep in the sun" }, { url: expect.stringContaining("/media/") }]),
    );
    expect(JSON.parse(said[3]!)).toMatchObject({
      data: { searchByText: { rerank: { status: "APPLIED", reason: null } } },
    });
    expect(JSON.parse(said[4]!)).toMatchObject({
      data: { answer: { status: "ANSWERED", citations: [{ source: 1, text: "It is asleep [1]." }] } },
    });
    expect(said[5]).toContain('"__typename":"AnswerText"');
    expect(said[5]).toContain('"text":"It is asleep [1]."');
    expect(said[6]).toContain('"state":"SUCCEEDED"');
    expect(said[6]).toContain('"pdfsInWork":[');
    expect(said[6]!.match(/\.pdf#page=[12]"/g)!.toSorted()).toEqual(['.pdf#page=1"', '.pdf#page=2"']);
  });

  it("finds them, and the PDF's pages, with Python", async () => {
    const [snippet] = snippetsOf(cookbook, "python");
    const { stdout } = await run("python3", ["-c", snippet!], { env: { ...process.env, PARALLAX: server.url } });
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => line.slice(0, 2))).toEqual(["1 ", "2 ", "3 ", "4 "]);
    expect(stdout).toContain("A red cat asleep in the sun");
    expect(stdout).toContain("/media/");
  });
});

it("has components that compile", async () => {
  const project = join(consumer.folder, "components");
  await mkdir(join(project, "src"), { recursive: true });
  const config = JSON.parse(readText("examples/gallery-vite/tsconfig.json")) as { compilerOptions: object };
  config.compilerOptions = { ...config.compilerOptions, types: ["node"] };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(config));
  const snippets = snippetsOf(cookbook, "tsx");
  expect(snippets).toHaveLength(3);
  await Promise.all(snippets.map((code, i) => writeFile(join(project, `src/snippet-${i}.tsx`), code)));
  await expect(consumer.compile(project)).resolves.toBeUndefined();
});

it("runs the guide's first query as it stands", async () => {
  const guide = snippetsOf(readText("docs/guide.md"), "sh").find((code) => code.startsWith("curl"))!;
  const { stdout } = await run("sh", ["-euc", guide.replace("http://127.0.0.1:4000", server.url)]);
  expect(JSON.parse(stdout)).toMatchObject({ data: { searchByText: { nodes: expect.any(Array) } } });
});
