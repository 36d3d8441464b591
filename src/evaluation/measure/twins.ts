import { isItself, type DataSet } from "../data-set/data-set";
import { randomNumbers } from "../metrics/random-numbers";
import type { EvaluatedDocument, EvaluatedQuery } from "../vectors/embed-data-set";

/** A thing's documents of either kind: at least one text and one picture. */
export interface Twins {
  readonly text: readonly EvaluatedDocument[];
  readonly image: readonly EvaluatedDocument[];
}

/** The things that are there as a text and as a picture, in the order of their first documents. */
export function findTwins(documents: readonly EvaluatedDocument[]): Twins[] {
  const byThing = new Map<string, EvaluatedDocument[]>();
  for (const document of documents) {
    const { thing } = document;
    if (thing !== null) byThing.set(thing, [...(byThing.get(thing) ?? []), document]);
  }
  return [...byThing.values()]
    .map((group) => ({
      text: group.filter(({ kind }) => kind === "text"),
      image: group.filter(({ kind }) => kind === "image"),
    }))
    .filter(({ text, image }) => text.length > 0 && image.length > 0);
}

/** The things in an order of chance. The same seed gives the same order. */
export function shuffled(twins: readonly Twins[], seed: number): Twins[] {
  const random = randomNumbers(seed);
  return twins
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** The first `share` of the things as pictures, the others as texts. */
export function replaced(twins: readonly Twins[], share: number): EvaluatedDocument[] {
  const pictures = Math.round(share * twins.length);
  return twins.flatMap(({ text, image }, i) => (i < pictures ? image : text));
}

/** The queries that have a thing both whose texts and whose pictures answer them: no mix leaves them without an answer. */
export function answeredEitherWay(
  { queries, grades, relevantFrom }: Pick<DataSet, "grades" | "relevantFrom"> & { queries: readonly EvaluatedQuery[] },
  twins: readonly Twins[],
): EvaluatedQuery[] {
  return queries.filter((query) => {
    const answers = (document: EvaluatedDocument) =>
      (grades.get(query.id)?.get(document.id) ?? 0) >= relevantFrom && !isItself(query, document);
    return twins.some(({ text, image }) => text.some(answers) && image.some(answers));
  });
}
