import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from "playwright-core";
import { findBrowser } from "./find-browser";

const SHOTS = join(__dirname, "../../.cache/page");

/** A page of a real browser that reaches one server alone. */
export interface BrowserPage {
  readonly page: Page;
  /** What it asked for that is not that server's, and was refused. */
  readonly strangers: readonly string[];
  /** What it asked for in all. */
  readonly requests: readonly string[];
  /** Errors on its console and exceptions. */
  readonly complaints: readonly string[];
  /** Leaves a picture of it for people to look at. */
  shoot(name: string): Promise<void>;
  /** Closes it; throws when it asked for anything that is not the server's, or complained. */
  close(): Promise<void>;
}

/** Waits until something is to be seen; true, for a test to expect. */
export const seen = (what: Locator): Promise<true> => what.waitFor().then(() => true);

/** `describe` where there is a browser; else the suite is skipped, and says so. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (findBrowser() !== null) return describe(name, suite);
  process.stderr.write(`LEFT OUT for want of a browser: ${name}. Install chromium or set CHROMIUM_PATH.\n`);
  describe.skip(name, suite);
}

export const launchBrowser = (): Promise<Browser> =>
  // Its sandbox needs a user who is not root.
  chromium.launch({ executablePath: findBrowser()!, args: ["--no-sandbox", "--disable-background-networking"] });

/** Opens an empty page; `serverUrl` is all that it may ask. */
export async function openPage(
  browser: Browser,
  serverUrl: string,
  options: BrowserContextOptions = {},
): Promise<BrowserPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const strangers: string[] = [];
  const requests: string[] = [];
  const complaints: string[] = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    requests.push(url);
    if (url.startsWith(`${serverUrl}/`)) return route.continue();
    strangers.push(url);
    return route.abort();
  });
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.setDefaultTimeout(60_000);
  mkdirSync(SHOTS, { recursive: true });
  const shoot = async (name: string) => void (await page.screenshot({ path: join(SHOTS, `${name}.png`) }));
  const close = async () => {
    await context.close();
    const faults = [...strangers.map((url) => `It asked for ${url}`), ...complaints];
    if (faults.length > 0) throw new Error(faults.join("\n"));
  };
  return { page, strangers, requests, complaints, shoot, close };
}
