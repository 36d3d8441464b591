import { drawing, type Drawing } from "./drawing";
import { wordsFor, textAbout } from "./benchmark-texts";
import { benchmarkThings, countWords, hashOf, type BenchmarkThing } from "./benchmark-things";
import { hasIcon } from "./icon-svg";
import { UNANSWERED_QUERIES } from "./unanswered-queries";

/** What a document or query holds. */
export type BenchmarkContent =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "image"; readonly drawing: Drawing };

export interface BenchmarkDocument {
  readonly id: string;
  readonly thing: string;
  readonly split: "tune" | "test";
  readonly content: BenchmarkContent;
}

export interface BenchmarkQuery {
  readonly id: string;
  readonly split: "tune" | "test";
  /** How it asks. */
  readonly tag: "label" | "words" | "picture" | "absent" | "elsewhere";
  readonly content: BenchmarkContent;
}

export interface MixedBenchmark {
  readonly documents: readonly BenchmarkDocument[];
  readonly queries: readonly BenchmarkQuery[];
  /** Grades above 0; see GRADES. */
  readonly qrels: readonly (readonly [queryId: string, documentId: string, grade: number])[];
}

/** How well a thing answers a query. */
export const GRADES = {
  /** What was asked for. */
  same: 3,
  /** Another thing of which all words of the query are said too. */
  fitting: 2,
  /** One of its kind that shares a word with it which few things have. */
  related: 1,
} as const;

/** More things than this have a word that says little. */
const RARE = 12;

/**
 * The mixed retrieval benchmark: each thing as a text and as a picture in OpenMoji (a style that mini-clip never saw), asked
 * for by its label, by other words that are said of it, and by a picture in another style. The two splits never meet. And
 * queries that nothing answers: labels of things that the other split has, and what people ask elsewhere.
 */
export function mixedBenchmark(): MixedBenchmark {
  const things = benchmarkThings();
  const frequency = countWords(things.map(({ words }) => words));
  const queries = things.flatMap((thing) => queriesFor(thing).map((query) => ({ query, thing })));
  const qrels = queries.flatMap(({ query, thing }) =>
    things
      .filter(({ split }) => split === thing.split)
      .map((other) => [other, gradeOf(query, thing, other, frequency)] as const)
      .filter(([, grade]) => grade > 0)
      .flatMap(([{ name }, grade]) =>
        documentIds(name).map((document): [string, string, number] => [query.id, document, grade]),
      ),
  );
  const asked = queries.map(({ query }) => query);
  const unanswered = [...absentQueries(things, frequency), ...elsewhereQueries()];
  return { documents: things.flatMap(documentsOf), queries: [...asked, ...unanswered], qrels };
}

/** Labels of things of the other split that have no kin in this one. */
function absentQueries(things: readonly BenchmarkThing[], frequency: ReadonlyMap<string, number>): BenchmarkQuery[] {
  return things.flatMap((thing) => {
    const split = thing.split === "tune" ? "test" : "tune";
    const hasKin = things.some((other) => other.split === split && isRelated(thing, other, frequency));
    const content = { kind: "text", text: thing.label } as const;
    return hasKin ? [] : [{ id: `${thing.name}.absent`, split, tag: "absent", content }];
  });
}

const elsewhereQueries = (): BenchmarkQuery[] =>
  UNANSWERED_QUERIES.flatMap((text, i) =>
    (["tune", "test"] as const).map((split): BenchmarkQuery => ({
      id: `elsewhere-${i}.${split}`,
      split,
      tag: "elsewhere",
      content: { kind: "text", text },
    })),
  );

const documentIds = (name: string) => [`${name}.text`, `${name}.picture`] as const;

function documentsOf(thing: BenchmarkThing): BenchmarkDocument[] {
  const { name, split } = thing;
  const [text, picture] = documentIds(name);
  return [
    { id: text, thing: name, split, content: { kind: "text", text: textAbout(thing) } },
    { id: picture, thing: name, split, content: { kind: "image", drawing: thing.drawing } },
  ];
}

function queriesFor(thing: BenchmarkThing): BenchmarkQuery[] {
  const { name, label, split } = thing;
  const words = wordsFor(thing);
  const text = (tag: "label" | "words", asked: string): BenchmarkQuery => ({
    id: `${name}.by-${tag}`,
    split,
    tag,
    content: { kind: "text", text: asked },
  });
  return [
    text("label", label),
    ...(words === null ? [] : [text("words", words.join(" "))]),
    { id: `${name}.by-picture`, split, tag: "picture", content: { kind: "image", drawing: inAnotherStyle(thing) } },
  ];
}

/** Twemoji or Fluent, by turns of chance, where both draw it. */
function inAnotherStyle({ name, label }: BenchmarkThing): Drawing {
  const isFluent = hashOf(`style of ${name}`) % 2 === 0 && hasIcon("fluent-emoji-flat", name);
  return drawing({ name, noun: label, set: isFluent ? "fluent-emoji-flat" : "twemoji" });
}

function gradeOf(
  { tag }: BenchmarkQuery,
  asked: BenchmarkThing,
  other: BenchmarkThing,
  frequency: ReadonlyMap<string, number>,
): number {
  if (asked.name === other.name) return GRADES.same;
  if (tag === "words" && wordsFor(asked)!.every((word) => other.words.has(word))) return GRADES.fitting;
  return isRelated(asked, other, frequency) ? GRADES.related : 0;
}

const isRelated = (one: BenchmarkThing, other: BenchmarkThing, frequency: ReadonlyMap<string, number>): boolean =>
  one.subgroup === other.subgroup &&
  [...one.words].some((word) => other.words.has(word) && frequency.get(word)! <= RARE);
