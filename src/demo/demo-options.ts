import { resolve } from "node:path";
import { AppError } from "../errors";

export interface DemoOptions {
  /** End after the transcript instead of serving on. */
  readonly once: boolean;
  /** The user's own pictures; null: the samples. */
  readonly imagesFolder: string | null;
}

/** The demo's command line. Throws BAD_USER_INPUT for what it does not know. */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  let once = false;
  let imagesFolder: string | null = null;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--once") once = true;
    else if (arg === "--images" && args[at + 1] !== undefined) imagesFolder = resolve(args[++at]!);
    else
      throw new AppError(
        "BAD_USER_INPUT",
        `Unknown or incomplete option ${JSON.stringify(arg)}; there are --once and --images FOLDER.`,
      );
  }
  return { once, imagesFolder };
}
