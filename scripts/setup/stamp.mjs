import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { rootFolder } from "./folders.mjs";

/** A hash over files and whole folders (paths relative to the root): their names and what is in them. */
export function hashOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesUnder(join(rootFolder, path)))) {
    hash.update(`${relative(rootFolder, file)}\n`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Whether a step's result was made from what `hash` stands for. The stamp is written last: no stamp, not finished. */
export function isStamped(stampFile, hash) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash;
}

/** Marks a step's result as finished. */
export function writeStamp(stampFile, hash) {
  writeFileSync(stampFile, hash);
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesUnder(join(path, name)));
}
