import type { Config } from "../../config/config";
import { AppError } from "../../errors";
import { EXIT_CODE } from "../exit-code";
import { duration, Progress } from "../progress";
import type { Report } from "../report";
import { note, say } from "../terminal";
import type { ColumnHints } from "./column-hints";
import { isItem, printable, type Found } from "./entry";
import { partsOf } from "./parts";
import { begunOf, pagesInWords } from "./pdfs-in-work";
import { reachServer, type ReachedServer } from "./reach-server";
import { runParts } from "./run-parts";
import { Tally } from "./tally";
import { PROGRAM } from "../program";

export interface ImportOptions {
  /** As the user wrote it. */
  readonly source: string;
  /** What the source holds; called twice, to count and to send. */
  readonly entries: () => AsyncIterable<Found>;
  /** What was noticed once all were counted. */
  readonly hints: ColumnHints;
  readonly server: string | undefined;
  readonly concurrency: number;
  readonly isAgain: boolean;
  readonly report: Report;
  readonly showsProgress: boolean;
  readonly config: Config;
  readonly interrupted: AbortSignal;
}

/** Sends what a source holds to a server; the exit code. Throws when it cannot. */
export async function importEntries(options: ImportOptions): Promise<number> {
  const { source, config, interrupted } = options;
  const total = await countItems(options.entries());
  if (total === 0)
    throw new AppError(
      "BAD_USER_INPUT",
      `${source} holds nothing to import: no pictures or PDFs, or no items. See \`${PROGRAM} import --help\`.`,
    );
  if (options.hints.hint !== null) note(options.hints.hint);
  const server = await reachServer(options.server, config, interrupted);
  try {
    note(
      `Importing ${total} ${total === 1 ? "item" : "items"} from ${source} into ${server.isOwn ? "that server" : server.client.url} …`,
    );
    return await run(options, server, total);
  } finally {
    await server.release();
  }
}

async function run(options: ImportOptions, server: ReachedServer, total: number): Promise<number> {
  const { report, interrupted, isAgain, concurrency } = options;
  const tally = new Tally();
  const startedMs = Date.now();
  const progress = new Progress({
    total,
    read: () => ({ done: tally.done, begun: begunOf(tally.pdfsInWork), words: wordsOf(tally) }),
    isShown: options.showsProgress,
  });
  const onOther = (other: Exclude<Found, { kind: "entry" }>) => {
    if (other.kind === "other") return void tally.others++;
    if (other.kind === "passedOver") return void tally.passedOver.push(other.folder);
    tally.unusable++;
    report.add(other);
  };
  const salt = JSON.stringify([server.collection, isAgain ? startedMs : null]);
  const parts = partsOf(options.entries(), salt, onOther);
  const { client } = server;
  try {
    await runParts({ client, parts, tally, concurrency, onFailure: (failure) => report.add(failure), interrupted });
  } catch (error) {
    if (!interrupted.aborted) throw error;
  } finally {
    progress.stop();
    report.close({ total, ...tally.counts, seconds: (Date.now() - startedMs) / 1_000 });
  }
  if (interrupted.aborted) return sayInterrupted(tally, total, server.isOwn);
  return summarise(options, tally, total, (Date.now() - startedMs) / 1_000);
}

async function countItems(entries: AsyncIterable<Found>): Promise<number> {
  let count = 0;
  for await (const found of entries) if (isItem(found)) count++;
  return count;
}

const wordsOf = ({ uploaded, pdfsInWork, counts: { duplicates, failed } }: Tally): string =>
  [
    ...(uploaded > 0 ? [`${uploaded} files sent`] : []),
    ...(pdfsInWork.length > 0 ? [pagesInWords(pdfsInWork)] : []),
    ...(duplicates > 0 ? [`${duplicates} duplicates`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(", ");

function sayInterrupted(tally: Tally, total: number, isOwn: boolean): number {
  const { ingested, duplicates } = tally.counts;
  const goesOn = isOwn ? "" : "; the server goes on with what it was sent";
  say(`Interrupted: ${ingested + duplicates} of ${total} are stored${goesOn}. Run the same command again to go on.`);
  return EXIT_CODE.interrupted;
}

function summarise({ report, isAgain }: ImportOptions, tally: Tally, total: number, seconds: number): number {
  const { ingested, duplicates, failed, cancelled } = tally.counts;
  const lost = failed + cancelled;
  const stored = `${ingested} are stored${duplicates > 0 ? `, ${duplicates} were there already` : ""}`;
  say(`Done in ${duration(seconds)}: of ${total} items ${stored}, ${lost} are not stored.`);
  if (tally.earlier > 0 && !isAgain)
    say(`  ${tally.earlier} of them were imported before; to import them anew, say --again.`);
  if (tally.deleted > 0) say(`  ${tally.deleted} were imported before and deleted since; they were sent again.`);
  if (tally.others > 0)
    say(
      `  ${tally.others} other files were passed over: neither pictures nor PDFs, or links that lead out of the folder.`,
    );
  sayPagesWithoutText(tally);
  const { passedOver } = tally;
  if (passedOver.length > 0) {
    const [first, more] = [printable(passedOver[0]!), passedOver.length - 1];
    const which = more > 0 ? `${first} and ${more} more` : first;
    say(`  Folders of previews or of deleted files were passed over: ${which}.`);
  }
  report.print();
  return lost > 0 ? EXIT_CODE.incomplete : EXIT_CODE.ok;
}

const MOST_TOLD = 5;

function sayPagesWithoutText({ withoutText }: Tally): void {
  if (withoutText.length === 0) return;
  for (const { name, pages } of withoutText.slice(0, MOST_TOLD)) {
    const some = pages.slice(0, MOST_TOLD).join(", ");
    const more = pages.length > MOST_TOLD ? ` and ${pages.length - MOST_TOLD} more` : "";
    say(`  ${name}: no text on ${pages.length === 1 ? "page" : "pages"} ${some}${more}.`);
  }
  if (withoutText.length > MOST_TOLD) say(`  ${withoutText.length - MOST_TOLD} more PDFs have pages without text.`);
  say("  To store pages as pictures too, run it again with --page-pictures.");
}
