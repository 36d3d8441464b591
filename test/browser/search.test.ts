import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Browser, Page } from "playwright-core";
import { DeleteDocumentsDocument, IngestTextsDocument } from "../generated/operations";
import { describeInBrowser, launchBrowser, openPage, seen, type BrowserPage } from "./browser-page";
import { freePort } from "./free-port";
import { handIn, pasteWordsAndPicture } from "./hand-in";
import { startStockedServer, type StockedServer } from "./stocked-server";

/** Of a host of pictures that the server may fetch from. */
let picturePort: number;
let server: StockedServer;
let browser: Browser;
let opened: BrowserPage;
let page: Page;

const cards = () => page.locator(".card:not(.placeholder)");
const words = () => page.getByRole("searchbox");
const settled = () => page.locator('.results[aria-busy="false"]').waitFor();
const captions = async () => (await page.locator(".card .card-content").evaluateAll(readNames)).slice(0, 12);
const readNames = (buttons: Element[]) => buttons.map((button) => button.textContent!);

describeInBrowser("the search page", () => {
  beforeAll(async () => {
    picturePort = await freePort();
    [server, browser] = await Promise.all([
      startStockedServer({ FETCH_ALLOWED_HOSTS: `127.0.0.1:${picturePort}` }),
      launchBrowser(),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });
  beforeEach(async () => {
    opened = await openPage(browser, server.url);
    page = opened.page;
    await page.goto(`${server.url}/`);
  });
  afterEach(() => opened.close());

  it("shows what is stored before anything is asked", async () => {
    await cards().first().waitFor();
    expect(await cards().count()).toBeGreaterThan(20);
  });

  it("finds texts and pictures together while one types, best first", async () => {
    await words().fill("a red cat");
    await page.locator(".score").first().waitFor();
    expect(await page.locator('.card[data-modality="TEXT"]').count()).toBeGreaterThan(2);
    expect(await page.locator('.card[data-modality="IMAGE"]').count()).toBeGreaterThan(2);
    expect((await captions()).slice(0, 4).join()).toMatch(/red cat/i);
    const ranks = (await page.locator(".rank").allTextContents()).map(Number);
    expect(ranks).toEqual(ranks.map((_, at) => at + 1));
    const scores = (await page.locator(".score-value").allTextContents()).map(Number);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    await opened.shoot("search");
  });

  it("shows the passage of a long text that was found, not its beginning", async () => {
    const notes = Array.from({ length: 120 }, (_, i) => `On day ${i} the committee met and wrote down its rules.`);
    const text = [...notes, "A zebra stands at the river, and the zebra drinks."].join(" ");
    await server.ask(IngestTextsDocument, { input: [{ key: "long", text }] });
    await page.goto(`${server.url}/?q=a+zebra+drinking`);
    const card = page.locator('.card[data-modality="TEXT"]', { hasText: "zebra" });
    await card.waitFor();
    expect(await card.locator(".card-text").textContent()).toMatch(/^… .*the zebra drinks\. …$/);
    await server.ask(DeleteDocumentsDocument, { input: { keys: ["long"] } });
  });

  it("goes on as one scrolls, without a hit twice", async () => {
    await page.goto(`${server.url}/?q=an+animal`);
    await page.locator(".score").first().waitFor();
    const { texts, images } = server;
    for (let tries = 0; tries < 40 && (await cards().count()) < texts + images; tries++) {
      await page.mouse.wheel(0, 4_000);
      await page.waitForTimeout(150);
    }
    const ranks = (await page.locator(".rank").allTextContents()).map(Number);
    expect(ranks).toEqual(Array.from({ length: texts + images }, (_, at) => at + 1));
  }, 90_000);

  it.each(["drop", "paste"] as const)("searches by a picture that is handed in: %s", async (kind) => {
    await cards().first().waitFor();
    await handIn(page, kind, server.pictureFile("red-cat-noto"));
    await page.locator(".chip-picture").waitFor();
    await page.locator(".score").first().waitFor();
    expect((await captions()).slice(0, 3).join()).toMatch(/red cat/i);
  });

  it("tells a picture by its first bytes where the browser does not know it", async () => {
    await cards().first().waitFor();
    await handIn(page, "drop", server.pictureFile("red-cat-noto"), "");
    await page.locator(".chip-picture").waitFor();
    await page.locator(".score").first().waitFor();
    expect((await captions()).slice(0, 3).join()).toMatch(/red cat/i);
  });

  it("is ready to be typed into, and in reach by a key wherever one is", async () => {
    await cards().first().waitFor();
    await page.keyboard.type("a red");
    await page.keyboard.press("Space");
    await page.keyboard.type("cat/dog");
    expect(await words().inputValue()).toBe("a red cat/dog");
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await page.locator(".score").first().waitFor();
    await page.mouse.wheel(0, 2_000);
    await page.waitForFunction(() => window.scrollY > 500);
    await page.getByRole("button", { name: "Compare" }).focus();
    await page.keyboard.press("/");
    expect(await words().evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await words().inputValue()).toBe("a red cat/dog");
    expect((await words().boundingBox())!.y).toBeLessThan(100);
    await page.getByRole("link", { name: "Collection" }).click();
    await page.getByRole("heading", { name: "Collection" }).waitFor();
    await page.keyboard.press("/");
    await words().waitFor();
    expect(await words().evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("does not bring up the keyboard of a touch screen", async () => {
    const touch = await openPage(browser, server.url, { hasTouch: true, isMobile: true });
    await touch.page.goto(`${server.url}/`);
    await touch.page.getByRole("searchbox").waitFor();
    expect(await touch.page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await touch.close();
  });

  it("takes the words of what a spreadsheet copies, and the picture of them only outside of text fields", async () => {
    await cards().first().waitFor();
    await pasteWordsAndPicture(page, "a red cat", server.pictureFile("red-cat-noto"));
    expect(await words().inputValue()).toBe("a red cat");
    await page.locator(".score").first().waitFor();
    expect(await page.locator(".chip-picture").count()).toBe(0);
    await words().blur();
    await pasteWordsAndPicture(page, "a red cat", server.pictureFile("red-cat-noto"));
    expect(await seen(page.locator(".chip-picture"))).toBe(true);
  });

  it("searches by a picture that is picked, and by one that is too large for the query itself", async () => {
    const small = await readFile(server.pictureFile("red-cat-noto"));
    // What follows a PNG's last chunk is nobody's business, but it counts.
    const buffer = Buffer.concat([small, Buffer.alloc(400_000)]);
    const picked = { name: "large.png", mimeType: "image/png", buffer };
    await page.locator('input[type="file"]').setInputFiles(picked);
    await page.locator(".score").first().waitFor();
    expect(page.url()).toContain("picture%3A1%3Aupload-");
    expect((await captions()).slice(0, 3).join()).toMatch(/red cat/i);
    await page.reload();
    await page.locator(".score").first().waitFor();
    expect((await captions()).slice(0, 3).join()).toMatch(/red cat/i);
  });

  it("finds more like a hit, and combines it with words: like this, but blue", async () => {
    await page.goto(`${server.url}/?q=a+red+cat&modality=IMAGE`);
    await page
      .getByRole("button", { name: /^More like A red cat/ })
      .first()
      .click();
    await page.locator(".chip-picture").waitFor();
    await settled();
    const like = (await captions()).slice(0, 5).join();
    expect(like).toMatch(/cat/i);
    await words().fill("blue");
    await page.getByLabel("Weight of the words").waitFor();
    await page.getByLabel("Weight of the words").fill("2");
    await page.waitForURL(/weight=2/);
    await settled();
    await page
      .getByRole("button", { name: /^Open A blue cat/ })
      .first()
      .waitFor();
    expect((await captions()).slice(0, 6).join()).toMatch(/blue cat/i);
    await opened.shoot("combined");
  });

  it("lets a part push away", async () => {
    await page.goto(`${server.url}/?q=a+cat&part=text:1:red`);
    await page.locator(".score").first().waitFor();
    const reds = async () => (await captions()).filter((name) => /\bred\b/.test(name)).length;
    const before = await reds();
    await page.getByRole("button", { name: "red attracts. Make it push away" }).click();
    await page.waitForURL(/text%3A-1%3Ared/);
    await settled();
    await page.waitForFunction((busy) => !document.querySelector(busy), "[data-stale]");
    expect(await reds()).toBeLessThan(before);
  });

  it("keeps the search in the address: back, forward and links work", async () => {
    await words().fill("a red cat");
    await page.waitForURL(/q=a\+red\+cat/);
    await page.getByText("Pictures", { exact: true }).click();
    await page.waitForURL(/modality=IMAGE/);
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("modality"));
    await page.goBack();
    await page.waitForURL((url) => url.search === "");
    expect(await words().inputValue()).toBe("");
    await page.goForward();
    expect(await words().inputValue()).toBe("a red cat");
  });

  it("narrows by modality and metadata", async () => {
    await page.goto(`${server.url}/?q=an+animal`);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByLabel("Metadata key").fill("about");
    await page.getByLabel("Value").fill("dog");
    await page.getByRole("button", { name: "Add the filter" }).click();
    await page.getByText("about is dog").waitFor();
    await page.getByText("Pictures", { exact: true }).click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".card")].every((card) => card.getAttribute("data-modality") === "IMAGE"),
    );
    await settled();
    expect((await captions()).every((name) => /dog/i.test(name))).toBe(true);
    await page.getByRole("button", { name: "Remove the filter about is dog" }).click();
    await page
      .getByRole("button", { name: /^Open (?!.*dog)/i })
      .first()
      .waitFor();
  });

  it("shows what calibration changes", async () => {
    await page.goto(`${server.url}/?q=red+cats`);
    await page.getByRole("button", { name: "Compare" }).click();
    const strips = page.locator(".strip-squares");
    await strips.nth(1).locator("i").nth(29).waitFor();
    const images = await strips.evaluateAll((all) =>
      all.map((strip) => strip.querySelectorAll('[data-modality="IMAGE"]').length),
    );
    expect(images[0]).toBeGreaterThan(images[1]!);
    await page.locator("[data-moved]", { hasText: "▲ cosine" }).first().waitFor();
    await opened.shoot("compare");
    await page.getByLabel("Ranking", { exact: true }).selectOption("COSINE");
    await page.locator("[data-moved]", { hasText: "calibrated" }).first().waitFor();
  });

  it("opens a document and explains how its score came about", async () => {
    await page.goto(`${server.url}/?q=a+red+cat&part=text:0.5:blue`);
    await page
      .getByRole("button", { name: /^Why A red cat/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Raw cosine of the model").waitFor();
    expect(await dialog.getByRole("row").count()).toBe(3);
    await opened.shoot("explained");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(page.url()).not.toContain("document=");
  });

  it("searches by the address of a picture that is pasted", async () => {
    const picture = await readFile(server.pictureFile("red-cat-noto"));
    const host = createServer((_, response) => response.writeHead(200, { "content-type": "image/png" }).end(picture));
    await new Promise<void>((resolve) => host.listen(picturePort, "127.0.0.1", resolve));
    try {
      await words().focus();
      await page.evaluate((address) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text", address);
        const options = { bubbles: true, cancelable: true, clipboardData };
        document.activeElement!.dispatchEvent(new ClipboardEvent("paste", options));
      }, `http://127.0.0.1:${picturePort}/cat.png`);
      await page.locator(".score").first().waitFor();
      expect((await captions()).slice(0, 3).join()).toMatch(/red cat/i);
    } finally {
      host.close();
    }
  });

  it("says that the server is not to be reached, and goes on when it is", async () => {
    const alone = await openPage(browser, server.url);
    await alone.page.goto(`${server.url}/`);
    await alone.page.locator(".card:not(.placeholder)").first().waitFor();
    await alone.page.context().setOffline(true);
    await alone.page.getByRole("searchbox").fill("a cat on a boat");
    await alone.page.getByText("The server cannot be reached. Is it running?").waitFor();
    await alone.shoot("unreachable");
    await alone.page.context().setOffline(false);
    await alone.page.getByRole("button", { name: "Try again" }).click();
    expect(await seen(alone.page.locator(".score").first())).toBe(true);
    await alone.page.context().close();
  });

  it("takes keywords, groups, variety and relevance", async () => {
    await page.goto(`${server.url}/?q=an+animal`);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByLabel("Must hold the words").fill("windowsill");
    await page.keyboard.press("Enter");
    await page.waitForURL(/keywords=windowsill/);
    await page
      .getByRole("button", { name: /^Open A black cat asleep on a windowsill/ })
      .first()
      .waitFor();
    await page.getByLabel("Best one of each").fill("about");
    await page.keyboard.press("Enter");
    await page.waitForURL(/group=about/);
    await page.waitForFunction(() => {
      const groups = [...document.querySelectorAll(".card-caption")].map((one) => one.textContent);
      return groups.includes("cat") && groups.filter((group) => group === "cat").length === 1;
    });
    await page.getByLabel("Relevant only").check();
    await page.getByLabel("Variety").fill("0.5");
    await page.waitForURL(/relevant=1.*diversity=0.5/);
    await settled();
    expect(await cards().count()).toBeGreaterThan(0);
  });

  it("says what the server has against a query, and that nothing was found", async () => {
    await page.goto(`${server.url}/?part=document:1:${"0".repeat(40)}`);
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("That did not work.");
    await page.goto(`${server.url}/?q=a+cat&where=equals:about:unicorn`);
    await page.getByText("Nothing was found.").waitFor();
    await opened.shoot("nothing");
  });
});
