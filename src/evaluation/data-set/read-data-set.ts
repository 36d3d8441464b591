import { realpath } from "node:fs/promises";
import { AppError } from "../../errors";
import { FILES, type DataSet } from "./data-set";
import { Faults } from "./faults";
import { readAbout } from "./read-about";
import { readEntries } from "./read-entries";
import { readQrels } from "./read-qrels";

/**
 * The data set of a folder, as docs/evaluation.md describes it. Reads no file outside the folder. Throws BAD_USER_INPUT
 * with every fault at once, each with its file and line.
 */
export async function readDataSet(given: string): Promise<DataSet> {
  const folder = await realpath(given).catch(() => {
    throw new AppError("BAD_USER_INPUT", "The folder of the data set is not there. Name one that has a qrels.tsv.");
  });
  const faults = new Faults();
  const about = await readAbout(folder, faults);
  const documents = await readEntries(folder, FILES.documents, ["thing", "caption"], faults);
  const queries = await readEntries(folder, FILES.queries, ["tag"], faults);
  // A line that is wrong in its own list would make faults here that go with the first.
  faults.throwAny();
  const ids = (entries: readonly { readonly id: string }[]) => new Set(entries.map(({ id }) => id));
  const grades = await readQrels({ folder, queries: ids(queries), documents: ids(documents), faults });
  faults.throwAny();
  return { ...about, documents, queries, grades };
}
