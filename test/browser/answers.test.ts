import type { Browser, Page } from "playwright-core";
import { startChatServer, type ChatServer, type Talk } from "../support/chat-server";
import { describeInBrowser, launchBrowser, openPage, seen, type BrowserPage } from "./browser-page";
import { startStockedServer, type StockedServer } from "./stocked-server";

let chat: ChatServer;
let server: StockedServer;
let browser: Browser;
let opened: BrowserPage;
let page: Page;

const box = () => page.getByRole("region", { name: "Answer" });
const button = (name: string) => box().getByRole("button", { name, exact: true });
const told = (text: string | RegExp) => seen(box().getByText(text));

/** An answer that waits to go on where the test says. */
function inSteps(...steps: ((talk: Talk) => unknown)[]) {
  let talk!: Talk;
  chat.answer = (opened) => {
    talk = opened;
    steps.shift()!(talk);
  };
  return () => steps.shift()!(talk);
}

describeInBrowser("the page's answers", () => {
  beforeAll(async () => {
    chat = await startChatServer();
    [server, browser] = await Promise.all([
      startStockedServer({
        LLM_BASE_URL: chat.baseUrl,
        LLM_MODEL: "a-model",
        LLM_RETRIES: "0",
        LLM_IDLE_TIMEOUT_MS: "3000",
      }),
      launchBrowser(),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    await chat?.stop();
  });
  beforeEach(async () => {
    opened = await openPage(browser, server.url);
    page = opened.page;
  });
  afterEach(() => opened.close());

  const search = (query = "q=Where+does+the+black+cat+sleep") => page.goto(`${server.url}/?${query}`);

  it("are written where somebody asks for one, as they come, and lead to their hits", async () => {
    const goOn = inSteps(
      (talk) => talk.say("It sleeps on a windowsill [1]", " and "),
      (talk) => talk.say("elsewhere [2][50]. A third sleeps [3].").end(),
    );
    await search();
    await page.locator(".score").first().waitFor();
    const calls = chat.calls.length;
    await told("a-model can answer this from what is stored.");
    expect(chat.calls).toHaveLength(calls);

    await button("Answer").click();
    await told(/^It sleeps on a windowsill/);
    expect(await box().locator("[aria-busy=true]").count()).toBe(1);
    expect(await seen(button("Stop"))).toBe(true);
    await opened.shoot("answer-writing");
    goOn();
    await button("Ask again").waitFor();
    expect((await box().locator(".answer-text").textContent())!.replace(/\d/g, "")).toBe(
      "It sleeps on a windowsill and elsewhere. A third sleeps.",
    );
    expect(await box().locator(".answer-mark").allTextContents()).toEqual(["1", "2", "3"]);
    await told("a-model: 11 tokens read, 7 written.");

    await page.mouse.wheel(0, 3_000);
    await page.waitForFunction(() => window.scrollY > 200);
    await button("Show source 3").click();
    const cited = page.locator(".card[data-cited]");
    await cited.waitFor();
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector(".card[data-cited]")!.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    });
    expect(await cited.count()).toBe(1);
    expect(await cited.evaluate((card) => card.contains(document.activeElement))).toBe(true);
    const told3 = JSON.stringify(chat.calls.at(-1)!.body.messages);
    const [, caption] = /\\"source\\": 3, (?:\\"image\\": \\"follows\\", )?\\"(?:text|caption)\\": \\"([^\\]+)/.exec(
      told3,
    )!;
    expect(await cited.textContent()).toContain(caption);
    await opened.shoot("answer");
  });

  it("are offered without a request of their own and without a jump", async () => {
    await page.addInitScript(() => {
      const shifts = { sum: 0 };
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
          if (!entry.hadRecentInput) shifts.sum += entry.value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await search();
    await button("Answer").waitFor();
    await page.locator(".score").first().waitFor();
    await page.waitForTimeout(500);
    expect(opened.requests.filter((url) => url.endsWith("/graphql"))).toHaveLength(1);
    const shift = await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum);
    expect(shift).toBeLessThanOrEqual(0.1);
  });

  it("open the document of a source that the list does not show", async () => {
    chat.answer = (talk) => talk.say("Here [1].").end();
    await search("q=Where+does+the+black+cat+sleep&where=equals:about:cat");
    await button("Answer").click();
    await button("Show source 1").waitFor();
    await page.evaluate(() =>
      document.querySelectorAll(".card").forEach((card) => card.removeAttribute("data-document")),
    );
    await button("Show source 1").click();
    expect(await seen(page.getByRole("dialog"))).toBe(true);
  });

  it("stop where one says so, at the chat model too, and are asked for again", async () => {
    chat.answer = (talk) => talk.say("It sleeps ", "and sleeps ");
    await search();
    await button("Answer").click();
    await told(/^It sleeps/);
    const hungUp = chat.hungUp;
    await button("Stop").click();
    await told("Stopped.");
    await expectSoon(() => chat.hungUp === hungUp + 1 && chat.underWay === 0);
    chat.answer = (talk) => talk.say("On a windowsill [1].").end();
    await button("Ask again").click();
    await told(/^On a windowsill/);
    expect(await box().textContent()).not.toContain("It sleeps");
  });

  it("are followed by further questions, which are asked with what was said before", async () => {
    chat.answer = (talk) => talk.say("It sleeps on a windowsill [1].").end();
    await search();
    await button("Answer").click();
    await told(/^It sleeps on a windowsill/);
    chat.answer = (talk) => talk.say("Until the children come home [2].").end();
    await box().getByRole("textbox", { name: "Ask a follow-up question" }).fill("How long does the cat sleep there?");
    await page.keyboard.press("Enter");
    await told(/^Until the children come home/);
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Ask a follow-up question");
    await told("How long does the cat sleep there?");
    await told(/^It sleeps on a windowsill/);
    const asked = JSON.stringify(chat.calls.at(-1)!.body.messages);
    expect(asked).toContain("Where does the black cat sleep");
    expect(asked).toContain("It sleeps on a windowsill");
    await button("Show source 2").click();
    expect(await page.locator(".card[data-cited]").count()).toBe(1);
    expect(await box().getByRole("textbox").count()).toBe(1);
    expect(await button("Ask again").count()).toBe(1);
    await opened.shoot("answer-followed");

    await page.getByRole("searchbox").fill("a red car");
    await told("a-model can answer this from what is stored.");
    expect(await box().textContent()).not.toContain("children");
  });

  it("are left alone when the words change", async () => {
    chat.answer = (talk) => talk.say("It sleeps ", "and sleeps ");
    await search();
    await button("Answer").click();
    await told(/^It sleeps/);
    await page.getByRole("searchbox").fill("a red car");
    await button("Answer").waitFor();
    await expectSoon(() => chat.underWay === 0);
    expect(await box().textContent()).not.toContain("It sleeps");
  });

  it("say that nothing stored answers it, what went wrong, and what to mind", async () => {
    await search("q=quarterly+tax+report+for+the+third+quarter");
    await button("Answer").click();
    await told("Nothing that is stored is about this, so there is no answer.");
    await search();
    chat.answer = (talk) => talk.say("NO_ANSWER_IN_SOURCES").end();
    await button("Answer").click();
    await told("What is stored does not hold the answer.");
    chat.answer = (talk) => talk.fail(503);
    await button("Ask again").click();
    expect(await box().getByRole("alert").textContent()).toContain("The chat model cannot answer at present");
    await opened.shoot("answer-fault");
    chat.answer = (talk) => talk.say("<b>It</b> ![sleeps](https://evil.example/p.png)").end("length");
    await button("Try again").click();
    await told(/^‹b>It‹\/b> \[sleeps\] \(\(address left out\)\)/);
    await told(/^It names no source: check it. It was cut off where it became too long\./);
    expect(await box().locator("img, b, a").count()).toBe(0);
  });

  it("look only at what the filters leave", async () => {
    chat.answer = (talk) => talk.say("Here [1].").end();
    await search("q=a+red+cat&modality=IMAGE&where=equals:about:cat");
    await button("Answer").click();
    await told(/^Here/);
    const asked = JSON.stringify(chat.calls.at(-1)!.body.messages);
    expect(asked).toContain("image_url");
    expect(asked).not.toContain('\\"text\\"');
  });

  it("are not offered without words", async () => {
    await search("part=text:1:red");
    await page.locator(".score").first().waitFor();
    expect(await box().count()).toBe(0);
  });

  it.each(["light", "dark"] as const)("look well in %s, and on a phone", async (colorScheme) => {
    chat.answer = (talk) =>
      talk.say("It sleeps on a windowsill [1]. So does the old grey one, until the children come home [2].").end();
    for (const [name, viewport] of [
      ["wide", { width: 1280, height: 800 }],
      ["narrow", { width: 360, height: 740 }],
    ] as const) {
      const shown = await openPage(browser, server.url, { colorScheme, viewport });
      await shown.page.goto(`${server.url}/?q=Where+does+the+black+cat+sleep`);
      await shown.page.getByRole("button", { name: "Answer", exact: true }).click();
      await shown.page.getByRole("button", { name: "Ask again" }).waitFor();
      await shown.page.waitForTimeout(500);
      const overflow = await shown.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await shown.shoot(`answer-${colorScheme}-${name}`);
      await shown.close();
    }
  });
});

describeInBrowser("a page without a chat model", () => {
  it("offers no answers", async () => {
    const plain = await startStockedServer();
    const own = await launchBrowser();
    try {
      const shown = await openPage(own, plain.url);
      await shown.page.goto(`${plain.url}/?q=a+red+cat`);
      await shown.page.locator(".score").first().waitFor();
      expect(await shown.page.getByRole("region", { name: "Answer" }).count()).toBe(0);
      await shown.close();
    } finally {
      await own.close();
      await plain.remove();
    }
  }, 120_000);
});

async function expectSoon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !holds(); tries++) await page.waitForTimeout(20);
  expect(holds()).toBe(true);
}
