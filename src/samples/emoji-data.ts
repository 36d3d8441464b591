import { readFileSync } from "node:fs";
import { join } from "node:path";

// Set-up takes what is needed out of large packages (scripts/setup/build-samples.mjs); tests that run from src read it there too.
const FOLDER = join(__dirname, "../../dist/samples/emoji");

/** A file of `dist/samples/emoji`. */
export const emojiData = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as T;
