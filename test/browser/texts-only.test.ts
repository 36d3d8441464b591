import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { IngestTextsDocument } from "../generated/operations";
import { familyFolder } from "../support/models";
import { plainPng } from "../support/pictures";
import { startTestServer, type TestServer } from "../support/server";
import { describeInBrowser, launchBrowser, openPage, seen, type BrowserPage } from "./browser-page";
import { handIn } from "./hand-in";

let server: TestServer;
let browser: Browser;
let opened: BrowserPage;
let page: Page;
let picture: string;

describeInBrowser("the page of a server whose model takes texts only", () => {
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startTestServer({ env: { MODEL: familyFolder("text-mean") } }),
      launchBrowser(),
    ]);
    picture = join(await mkdtemp(join(tmpdir(), "parallax-texts-only-")), "red.png");
    await writeFile(picture, await plainPng([255, 0, 0], 32));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });
  beforeEach(async () => {
    opened = await openPage(browser, server.url);
    page = opened.page;
  });
  afterEach(() => opened.close());

  const nothingOfPictures = async () => {
    const shown = await page.locator("main").innerText();
    expect(shown.replaceAll(/takes texts only/gi, "")).not.toMatch(/picture|image|jpeg/i);
  };

  it("asks for texts alone while nothing is stored, and takes a line that is an address as one", async () => {
    await page.goto(`${server.url}/`);
    await seen(page.getByText("Add some texts, then search them by what they mean."));
    await nothingOfPictures();
    await page.getByRole("button", { name: "Add texts" }).click();
    await seen(page.getByRole("heading", { name: "Add texts", exact: true }));
    await seen(page.getByText("Drop PDFs or lists of texts here"));
    await nothingOfPictures();
    const files = page.locator('input[type="file"]');
    expect(await files.getAttribute("accept")).not.toContain("image");
    await files.setInputFiles({ name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from("not sent") });
    await seen(page.getByText("paper.pdf"));
    await nothingOfPictures();
    await page.getByRole("button", { name: "Leave out paper.pdf" }).click();
    await page.getByLabel("Texts").fill("https://example.com/about");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await seen(page.getByText("1 new"));
  });

  it("searches by words, with nothing to search by pictures or to mix them", async () => {
    await server.ask(IngestTextsDocument, { input: [{ text: "a red cat" }, { text: "a blue dog" }] });
    await page.goto(`${server.url}/`);
    const words = page.getByRole("searchbox");
    await page.locator('[placeholder="Describe it …"]').waitFor();
    await words.fill("cat");
    await page.locator(".score").first().waitFor();
    await nothingOfPictures();
    expect(await page.getByRole("button", { name: "Search by a picture" }).count()).toBe(0);
    expect(await page.locator('input[name="modality"]').count()).toBe(0);
    expect(await page.getByRole("button", { name: "Compare" }).count()).toBe(0);
    await opened.shoot("texts-only");
    await words.fill("https://example.com/cat.png");
    await page.locator(".found").waitFor();
    expect(await page.locator(".chip-picture").count()).toBe(0);
  });

  it.each(["drop", "paste"] as const)("says why a picture is not taken: %s", async (kind) => {
    await page.goto(`${server.url}/`);
    await page.locator('[placeholder="Describe it …"]').waitFor();
    await handIn(page, kind, picture);
    await seen(page.getByText("takes texts only: pictures cannot be searched by"));
    expect(page.url()).toBe(`${server.url}/`);
    await page.goto(`${server.url}/?view=add`);
    await seen(page.getByText("Drop PDFs or lists of texts here"));
    await handIn(page, kind, picture);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await seen(page.getByText("is a picture, and this server's model takes texts only"));
  });

  it("counts texts alone, and measures no gap", async () => {
    await page.goto(`${server.url}/?view=collection`);
    await page.locator('.count[data-modality="TEXT"]').waitFor();
    expect(await page.locator(".count").count()).toBe(1);
    await nothingOfPictures();
  });
});
