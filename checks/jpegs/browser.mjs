import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const { existsSync } = require("node:fs");

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Decoding the same data gives the same pixels, but for rounding. */
const ROUNDING = 2;

/** A headless Chromium that tells how it shows JPEGs; null where there is none (CHROMIUM_PATH names one). */
export async function openBrowser() {
  const path = [process.env.CHROMIUM_PATH, ...PLACES].find((place) => place && existsSync(place));
  if (path === undefined) return null;
  const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  return {
    /** Whether a file looks as the whole one does. */
    showsWhole: (file, whole) =>
      page.evaluate(compare, {
        files: [file, whole].map((one) => one.toString("base64")),
        rounding: ROUNDING,
      }),
    close: () => browser.close(),
  };
}

/** Runs in the page. */
async function compare({ files, rounding }) {
  const pixelsOf = async (base64) => {
    const image = new Image();
    image.src = `data:image/jpeg;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  try {
    const [seen, whole] = await Promise.all(files.map(pixelsOf));
    return seen.length === whole.length && seen.every((value, at) => Math.abs(value - whole[at]) <= rounding);
  } catch {
    return false;
  }
}
