import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IngestImagesDocument, IngestTextsDocument } from "../generated/operations";
import { plainBase64 } from "../support/pictures";
import { makeSchemaConsumer, type SchemaConsumer } from "../support/schema-consumer";
import { startTestServer, type TestServer } from "../support/server";

const ASKED = "a red cat";
const MOST_LINES_OF_THE_GALLERY = 60;
const codegen = join(__dirname, "../../node_modules/@graphql-codegen/cli/esm/bin.js");
const vite = join(__dirname, "../../node_modules/vite/bin/vite.js");

let consumer: SchemaConsumer;
let server: TestServer;
beforeAll(async () => {
  [server, consumer] = await Promise.all([startTestServer(), makeSchemaConsumer()]);
  const texts = ["A red cat", "A blue cat", "A green car", "Quarterly tax report"];
  await server.ask(IngestTextsDocument, { input: texts.map((text) => ({ text })) });
  const image = { base64: await plainBase64([225, 35, 35]) };
  await server.ask(IngestImagesDocument, { input: [{ image, caption: "A red square" }] });
});
afterAll(() => Promise.all([server.remove(), consumer.remove()]));

describe.each(["apollo-client", "urql", "graphql-request"])("examples/%s", (name) => {
  it("shows texts and pictures in one list, over two pages", async () => {
    const project = await consumer.copyExample(name);
    await consumer.compile(project);
    const lines = (await consumer.runNode(project, "dist/main.js", server.url, ASKED)).trim().split("\n");

    expect(lines.map((line) => line.slice(0, 2))).toEqual(["1.", "2.", "3.", "4.", "5."]);
    expect(lines.filter((line) => /^\d\. text {3}\w/.test(line))).toHaveLength(4);
    const [picture] = lines.filter((line) => line.includes("image"));
    expect(picture).toMatch(/image {2}A red square http:/);
    expect((await fetch(picture!.split(" ").at(-1)!)).status).toBe(200);
  });
});

describe("examples/own-operations", () => {
  let project: string;
  beforeAll(async () => {
    project = await consumer.copyExample("own-operations");
    const config = join(project, "codegen.yml");
    await writeFile(config, (await readFile(config, "utf8")).replace("http://127.0.0.1:4000", server.url));
    await consumer.runNode(project, codegen, "--config", "codegen.yml");
    await consumer.compile(project);
  });

  it.each(["apollo-client", "urql", "graphql-request"])("is typed from the server and runs with %s", async (client) => {
    const lines = (await consumer.runNode(project, `dist/${client}.js`, server.url, ASKED)).trim().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines.filter((line) => /^\d\. text {3}\w/.test(line))).toHaveLength(4);
    expect(lines.join()).toMatch(/image {2}A red square http:\S+256/);
  });
});

describe("examples/gallery-vite", () => {
  it("is compiled and built, in few lines", async () => {
    const project = await consumer.copyExample("gallery-vite");
    await consumer.compile(project);
    await consumer.runNode(project, vite, "build", "--logLevel", "warn");

    const [script] = (await readdir(join(project, "dist/assets"))).filter((file) => file.endsWith(".js"));
    expect(await readFile(join(project, "dist/assets", script!), "utf8")).toContain("searchByText");
    const app = await readFile(join(project, "src/App.tsx"), "utf8");
    expect(app.trimEnd().split("\n").length).toBeLessThan(MOST_LINES_OF_THE_GALLERY);
  });

  it("does not compile when a kind of hit is forgotten", async () => {
    const project = await consumer.copyExample("gallery-vite");
    const app = join(project, "src/App.tsx");
    const whole = await readFile(app, "utf8");
    const forgetful = whole.replace(/ {4}case "ImageHit":[\s\S]*?\n {6}\);\n/, "");
    expect(forgetful).not.toBe(whole);
    await writeFile(app, forgetful);

    await expect(consumer.compile(project)).rejects.toThrow(
      /^src\/App\.tsx\(\d+,\d+\): error TS2366: Function lacks ending return/,
    );
  });
});
