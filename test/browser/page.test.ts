import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launchBrowser, openPage, seen } from "./browser-page";
import { startTestServer } from "../support/server";
import { freePort } from "./free-port";
import { startStockedServer, type StockedServer } from "./stocked-server";

/** What the page may weigh and shift. */
const MAX_SCRIPT_BYTES = 150 * 1024;
const MAX_REQUESTS_BEFORE_PICTURES = 6;
const MAX_LAYOUT_SHIFT = 0.1;

const VIEWS = ["", "?q=a+red+cat", "?q=a+cat&part=text:-0.5:red&ranking=RRF", "?view=add", "?view=collection"];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core finds serious or critical, as one line each. */
async function seriousFaults(page: Page): Promise<string[]> {
  const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  // Not as a script element: the page's policy rightly refuses it.
  await page.evaluate(source);
  const violations = await page.evaluate<Violation[]>("axe.run().then(({ violations }) => violations)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

const settle = async (page: Page) => {
  await page.locator(".card:not(.placeholder), h1").first().waitFor();
  await page.waitForLoadState("networkidle");
};

describeInBrowser("the page as a whole", () => {
  let server: StockedServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startStockedServer(), launchBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
    it.each(VIEWS)("has no serious fault for those who cannot see or point: /%s", async (view) => {
      const { page, strangers, complaints, shoot } = await openPage(browser, server.url, { colorScheme });
      await page.goto(`${server.url}/${view}`);
      await settle(page);
      expect(await seriousFaults(page)).toEqual([]);
      expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] });
      await shoot(`${colorScheme}-${VIEWS.indexOf(view)}`);
      await page.context().close();
    });

    it("has none in an open document either", async () => {
      const { page } = await openPage(browser, server.url, { colorScheme });
      await page.goto(`${server.url}/?q=a+red+cat`);
      await page.getByRole("button", { name: /^Why / }).first().click();
      await page.getByText("Raw cosine of the model").waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.context().close();
    });
  });

  it.each([360, 768, 1440])("fits a window of %i pixels", async (width) => {
    const { page, shoot } = await openPage(browser, server.url, { viewport: { width, height: 800 } });
    for (const view of VIEWS) {
      await page.goto(`${server.url}/${view}`);
      await settle(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      await shoot(`${width}-${VIEWS.indexOf(view)}`);
    }
    await page.context().close();
  });

  it("is light: few requests, little script", async () => {
    const { page, requests } = await openPage(browser, server.url);
    await page.goto(`${server.url}/?q=a+red+cat`);
    await settle(page);
    const others = requests.filter((url) => !url.includes("/media/"));
    expect(others.length).toBeLessThanOrEqual(MAX_REQUESTS_BEFORE_PICTURES);
    const scripts = await Promise.all(
      requests
        .filter((url) => url.endsWith(".js"))
        .map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
    );
    const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
    await page.context().close();
  });

  it.each([360, 1280])("draws its first hits, and those after them, without jumping, %i pixels wide", async (width) => {
    const { page } = await openPage(browser, server.url, { viewport: { width, height: 800 } });
    await page.addInitScript(() => {
      const shifts = { sum: 0 };
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
          if (!entry.hadRecentInput) shifts.sum += entry.value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${server.url}/?q=a+red+cat`);
    await settle(page);
    const cards = page.locator(".card:not(.placeholder)");
    const first = await cards.count();
    await page.mouse.wheel(0, 3_000);
    await cards.nth(first).waitFor();
    await settle(page);
    const shift = await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum);
    expect(shift).toBeLessThanOrEqual(MAX_LAYOUT_SHIFT);
    await page.context().close();
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = await openPage(browser, server.url);
    await page.goto(`${server.url}/`);
    await settle(page);
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press("Tab");
        if (name.test((await focused()) ?? "")) return;
      }
      throw new Error(`No Tab leads to ${name}`);
    };
    expect(await focused()).toMatch(/What to look for/);
    await page.keyboard.type("a red cat");
    await page.keyboard.press("Enter");
    await page.locator(".score").first().waitFor();
    await tabTo(/^Open A red cat/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focused()).toMatch(/^Open A red cat/);
    await page.context().close();
  });

  it("shows the modality gap as a map that zooms and opens its documents, by mouse and by keys", async () => {
    const { page, strangers, complaints, shoot } = await openPage(browser, server.url);
    await page.goto(`${server.url}/?view=collection`);
    const map = page.getByRole("application");
    const points = map.locator("circle");
    await points.first().waitFor();
    expect(await points.count()).toBe(server.texts + server.images);
    await shoot("gap");
    const radius = () => points.first().evaluate((point) => point.getBoundingClientRect().width);
    const before = await radius();
    await page.getByRole("button", { name: "Closer" }).click();
    await expect(radius()).resolves.toBeGreaterThan(before);
    await map.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "All of it" }).click();
    await points.last().click();
    await page.getByRole("dialog").waitFor();
    expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] });
    await page.context().close();
  });

  it("leads to GraphiQL, which works without internet, and to Apollo Sandbox", async () => {
    const { page, strangers } = await openPage(browser, server.url);
    await page.goto(`${server.url}/`);
    expect(await page.getByRole("link", { name: "Apollo Sandbox" }).getAttribute("href")).toBe(`${server.url}/graphql`);
    await page.getByRole("link", { name: "GraphiQL" }).click();
    await page.getByText("SearchByText").first().waitFor();
    expect(strangers).toEqual([]);
    await page.context().close();
  });
});

describeInBrowser("the page where PUBLIC_URL is elsewhere", () => {
  it("says where files would have to go when that is out of reach", async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const server = await startTestServer({ env: { PUBLIC_URL: nowhere } });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}/?view=add`);
      const list = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("text\na\n") };
      await page.locator('input[type="file"]').setInputFiles(list);
      await page.getByRole("button", { name: "Add", exact: true }).click();
      expect(await seen(page.getByText(`The server wants files at ${nowhere}`))).toBe(true);
    } finally {
      await browser.close();
      await server.remove();
    }
  }, 120_000);

  it("shows pictures and uploads to there", async () => {
    const port = await freePort();
    const server = await startStockedServer({ PORT: String(port), PUBLIC_URL: `http://localhost:${port}` });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const refused: string[] = [];
      page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
      await page.goto(`http://127.0.0.1:${port}/?q=a+red+cat&modality=IMAGE`);
      await page.locator("[data-sharp]").first().waitFor();
      expect(await page.locator(".picture-sharp").first().getAttribute("src")).toContain(
        `http://localhost:${port}/media/`,
      );
      const buffer = Buffer.concat([await readFile(server.pictureFile("red-cat-noto")), Buffer.alloc(400_000)]);
      await page.locator('input[type="file"]').setInputFiles({ name: "large.png", mimeType: "image/png", buffer });
      await page.locator(".chip-picture").waitFor();
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
      await server.remove();
    }
  }, 180_000);
});
