import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** Hands a page a picture file as a drop or a paste does. */
export async function handIn(page: Page, kind: "drop" | "paste", file: string, type = "image/png"): Promise<void> {
  const base64 = await readFile(file, "base64");
  await page.evaluate(
    ([eventName, bytes, mediaType]) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(bytes!), (char) => char.charCodeAt(0));
      data.items.add(new File([content], "handed in.png", { type: mediaType! }));
      const options = { bubbles: true, cancelable: true };
      const event =
        eventName === "drop"
          ? new DragEvent("drop", { ...options, dataTransfer: data })
          : new ClipboardEvent("paste", { ...options, clipboardData: data });
      document.body.dispatchEvent(event);
    },
    [kind, base64, type],
  );
}

/** Copies words with a picture of them, as spreadsheets and word processors do, and pastes where the focus is. */
export async function pasteWordsAndPicture(page: Page, words: string, file: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(
    async ([text, bytes]) => {
      const picture = Uint8Array.from(atob(bytes!), (char) => char.charCodeAt(0));
      const item = new ClipboardItem({
        "text/plain": new Blob([text!], { type: "text/plain" }),
        "text/html": new Blob([`<table><td>${text}</td></table>`], { type: "text/html" }),
        "image/png": new Blob([picture], { type: "image/png" }),
      });
      await navigator.clipboard.write([item]);
    },
    [words, await readFile(file, "base64")],
  );
  await page.keyboard.press("ControlOrMeta+V");
}
