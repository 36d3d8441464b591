import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** Hands a page a picture file as a drop or a paste does. */
export async function handIn(page: Page, kind: "drop" | "paste", file: string): Promise<void> {
  const base64 = await readFile(file, "base64");
  await page.evaluate(
    ([eventName, bytes]) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(bytes!), (char) => char.charCodeAt(0));
      data.items.add(new File([content], "handed in.png", { type: "image/png" }));
      const options = { bubbles: true, cancelable: true };
      const event =
        eventName === "drop"
          ? new DragEvent("drop", { ...options, dataTransfer: data })
          : new ClipboardEvent("paste", { ...options, clipboardData: data });
      document.body.dispatchEvent(event);
    },
    [kind, base64],
  );
}
