import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own, and what is kept in it: parts with a `stop`. `close` takes all away in reverse. */
export async function openPlace() {
  const folder = await mkdtemp(join(tmpdir(), "parallax-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", atExit);
  // A million documents are worth taking away after an interruption too, where whoever wrote them lets go.
  function atExit() {
    try {
      remove();
    } catch {
      console.error(`bench: ${folder} is left behind.`);
    }
  }
  const kept = [];
  const keep = (part) => {
    kept.unshift(part);
    return part;
  };
  const close = async () => {
    for (const part of kept) await part.stop();
    process.off("exit", atExit);
    remove();
  };
  return { folder, keep, close };
}

/** A place for as long as the work in it takes. */
export async function inPlace(work) {
  const place = await openPlace();
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}
