import { once } from "node:events";
import { rm, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { makePdf } from "../support/pdfs";
import { startTestServer, type TestServer } from "../support/server";
import { describeInBrowser, launchBrowser, openPage, seen, type BrowserPage } from "./browser-page";
import { handIn } from "./hand-in";

let server: TestServer;
let browser: Browser;
let opened: BrowserPage;
let page: Page;
let host: Server;
let hostUrl: string;
let isMissing = true;

const disc = (colour: string) =>
  sharp(
    Buffer.from(`<svg viewBox="0 0 9 9" width="90" height="90"><circle cx="4" cy="4" r="4" fill="${colour}"/></svg>`),
  )
    .flatten({ background: "white" })
    .png()
    .toBuffer();

/** A host of pictures; /late.png is not there until it is put there. */
async function startHost(): Promise<void> {
  const picture = await disc("blue");
  host = createServer((request, response) => {
    if (request.url === "/late.png" && isMissing) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "image/png" }).end(picture);
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
  hostUrl = `127.0.0.1:${(host.address() as AddressInfo).port}`;
}

const add = () => page.getByRole("button", { name: "Add", exact: true }).click();
const file = async (name: string, mimeType: string, buffer: Buffer | string) => ({
  name,
  mimeType,
  buffer: Buffer.from(buffer),
});

describeInBrowser("adding on the search page", () => {
  beforeAll(async () => {
    await startHost();
    [server, browser] = await Promise.all([
      startTestServer({ env: { FETCH_ALLOWED_HOSTS: hostUrl } }),
      launchBrowser(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    host?.close();
  });
  beforeEach(async () => {
    opened = await openPage(browser, server.url);
    page = opened.page;
    await page.goto(`${server.url}/?view=add`);
  });
  afterEach(() => opened.close());

  it("says on an empty collection what to do", async () => {
    await page.goto(`${server.url}/`);
    await page.getByText("Nothing is stored yet.").waitFor();
    await opened.shoot("empty");
    await page.getByRole("button", { name: "Add texts and pictures" }).click();
    expect(await seen(page.getByRole("heading", { name: "Add texts and pictures" }))).toBe(true);
  });

  it("stores dropped pictures, lines of text and metadata, and shows it as it goes", async () => {
    await page
      .locator('input[type="file"]')
      .setInputFiles([
        await file("red_disc.png", "image/png", await disc("red")),
        await file("green-disc.png", "image/png", await disc("green")),
      ]);
    await page.getByLabel("Texts and addresses of pictures").fill("A red disc\nA dog under a tree\n\n");
    await page.getByLabel("Metadata for all of them").fill('{ "source": "test" }');
    await add();
    await page.getByText("Stored", { exact: true }).first().waitFor();
    await page.getByText("4 of 4").first().waitFor();
    await page.getByRole("status").getByText("4 new").waitFor();
    await opened.shoot("added");
    await page.getByRole("button", { name: "See what is stored" }).click();
    await page.getByRole("button", { name: "Open red disc" }).click();
    expect(await seen(page.getByRole("dialog").getByText("test", { exact: true }))).toBe(true);
  });

  it("takes what is dropped anywhere", async () => {
    const dropped = join(server.folder, "dropped.png");
    await writeFile(dropped, await disc("purple"));
    await handIn(page, "drop", dropped);
    await page.getByText("handed in.png").waitFor();
    await add();
    expect(await seen(page.getByRole("status").getByText("1 new"))).toBe(true);
  });

  it("takes pictures of any name and lists of any spreadsheet, and says which line is wrong", async () => {
    const files = page.locator('input[type="file"]');
    await files.setInputFiles(await file("camera.jfif", "", await disc("teal")));
    await add();
    await page.getByRole("status").getByText("1 new").waitFor();
    const list = "sep=;\ntext;price:number\nA teal disc;1,5\nA grey disc;cheap\n";
    await files.setInputFiles(await file("list.csv", "text/csv", list));
    await add();
    await page.getByText("2 of 2").first().waitFor();
    expect(await seen(page.locator(".failures li", { hasText: "Line 4" }).getByText("is not a plain number"))).toBe(
      true,
    );
    const { data } = await server.ask<{ documents: { nodes: { text: string }[] } }, object>(
      "query ($where: DocumentFilter) { documents(where: $where) { nodes { ... on TextDocument { text } } } }",
      { where: { metadata: { key: "price", is: { greaterThan: 1 } } } },
    );
    expect(data.documents.nodes).toEqual([{ text: "A teal disc" }]);
  });

  it("says of a file that is gone, as of a folder or an empty one, that there is nothing in it, and sends the others", async () => {
    const paths = ["gone.png", "there.png"].map((name) => join(server.folder, name));
    for (const path of paths) await writeFile(path, await disc("olive"));
    // Only of a large one does the browser get the path.
    await truncate(paths[0]!, 64 * 1024 * 1024);
    await page.locator('input[type="file"]').setInputFiles(paths);
    await rm(paths[0]!);
    await add();
    await page.getByText("gone.png is empty, a folder, or not there any more.").waitFor();
    expect(await seen(page.getByText("1 of 1").first())).toBe(true);
  });

  it("lists what failed with reasons, and tries it again", async () => {
    const lines = [`http://${hostUrl}/there.png`, `http://${hostUrl}/late.png`, "http://10.0.0.1/inside.png"];
    await page.getByLabel("Texts and addresses of pictures").fill(lines.join("\n"));
    await add();
    await page.getByText("Stored, with failures").first().waitFor();
    const failures = page.locator(".failures li");
    await failures.nth(1).waitFor();
    expect(await failures.allTextContents()).toEqual([
      expect.stringContaining("FETCH_FAILED"),
      expect.stringContaining("FETCH_FORBIDDEN"),
    ]);
    await opened.shoot("failed");
    isMissing = false;
    await page.getByRole("button", { name: "Try the failed ones again" }).click();
    await page.getByRole("status").getByText("1 failed").waitFor();
    await failures.nth(1).waitFor({ state: "detached" });
    expect(await failures.allTextContents()).toEqual([expect.stringContaining("FETCH_FORBIDDEN")]);
  });

  it("takes a PDF, and its pages open where they stand", async () => {
    const pdf = makePdf({ title: "On discs", pages: ["A page about discs", "Another page"] });
    await page
      .locator('input[type="file"]')
      .setInputFiles(await file("discs.pdf", "application/pdf", Buffer.from(pdf)));
    await add();
    await page.getByRole("status").getByText("1 new").waitFor();
    await page.getByRole("button", { name: "See what is stored" }).click();
    await page.getByRole("button", { name: "Open Another page" }).click();
    const link = page.getByRole("dialog").getByRole("link", { name: "Open page 2 of 2" });
    expect(await link.getAttribute("href")).toMatch(/\/media\/default\/[0-9a-f]{64}\.pdf#page=2$/);
    expect(await seen(page.getByRole("dialog").getByText("discs.pdf"))).toBe(true);
  });

  it("stores pages of a PDF as pictures, too, where that is wanted, and shows how far it is", async () => {
    const pdf = makePdf({ title: "A long paper", pages: Array.from({ length: 40 }, (_, i) => `Page ${i + 1}`) });
    const files = page.locator('input[type="file"]');
    const wanted = page.getByRole("checkbox", { name: "Store each page as a picture, too" });
    await files.setInputFiles(await file("lime.png", "image/png", await disc("lime")));
    expect(await wanted.count()).toBe(0);
    await files.setInputFiles(await file("Paper.PDF", "", Buffer.from(pdf)));
    await wanted.check();
    await opened.shoot("page-pictures");
    await add();
    const bar = page.getByRole("progressbar", { name: "A long paper" });
    await bar.waitFor();
    await page.getByText(/^(8|16|24|32) of 40 pages$/).waitFor();
    await opened.shoot("pages-in-work");
    expect(await bar.getAttribute("aria-valuemax")).toBe("40");
    await page.getByRole("status").getByText("2 new").waitFor();
    expect(await bar.count()).toBe(0);
    const { data } = await server.ask<{ documents: { nodes: { modality: string }[] } }, object>(
      "query ($where: DocumentFilter) { documents(where: $where, first: 100) { nodes { ... on StoredDocument { modality } } } }",
      { where: { metadata: { key: "file", is: { equals: "Paper.PDF" } } } },
    );
    const modalities = data.documents.nodes.map(({ modality }) => modality);
    expect(modalities.toSorted()).toEqual([...Array(40).fill("IMAGE"), ...Array(40).fill("TEXT")]);
  });

  it("takes lists, and says of a file that is none of what is taken", async () => {
    const list = [{ text: "From a list" }, { image: `http://${hostUrl}/x.png`, caption: "Listed" }, { nothing: 1 }];
    await page
      .locator('input[type="file"]')
      .setInputFiles([
        await file("items.ndjson", "", list.map((item) => JSON.stringify(item)).join("\n")),
        await file("notes.doc", "application/msword", "notes"),
      ]);
    await add();
    await page.getByText("notes.doc is neither a picture, a PDF nor a list.").waitFor();
    await page.getByText("3 of 3").first().waitFor();
    expect(await seen(page.locator(".failures code", { hasText: "INVALID_ITEM" }))).toBe(true);
  });

  it("refuses metadata that is not a JSON object, and an empty order", async () => {
    await add();
    await page.getByRole("alert").getByText("Drop a file or write a line first.").waitFor();
    await page.getByLabel("Metadata for all of them").fill("source: test");
    await add();
    expect(await seen(page.getByRole("alert").getByText("This is not a JSON object."))).toBe(true);
  });

  it("forgets what was found before more was stored", async () => {
    await page.getByRole("link", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("a lighthouse");
    await page.locator(".score").first().waitFor();
    await page.getByRole("link", { name: "Add" }).click();
    await page.getByLabel("Texts and addresses of pictures").fill("A lighthouse at night");
    await add();
    await page.getByRole("status").getByText("1 new").waitFor();
    await page.getByRole("link", { name: "Search" }).click();
    expect(await seen(page.getByRole("button", { name: "Open A lighthouse at night" }))).toBe(true);
  });

  it("tells counts and model on the collection page", async () => {
    await page.getByRole("link", { name: "Collection" }).click();
    await page.getByText("pictures", { exact: false }).first().waitFor();
    const { data } = await server.ask<{ collection: { texts: number; images: number } }, never>(
      "{ collection { texts images } }",
    );
    const { texts, images } = data.collection;
    expect(await seen(page.getByRole("img", { name: `${texts} texts and ${images} pictures` }))).toBe(true);
    await opened.shoot("collection");
  });
});
