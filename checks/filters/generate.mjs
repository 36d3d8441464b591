import { KEYS, NUMBERS, STRINGS, UNSTORABLE } from "./strings.mjs";

const DEPTH = 4;

/** A stream of filters about these documents (as the store gives them): nested, of every kind, with hostile values. */
export function filterGenerator(documents, random) {
  const someone = () => random.pick(documents);
  const several = (most, make) => Array.from({ length: random.below(most + 1) }, make);
  const chance = (percent) => random.below(100) < percent;

  const anyString = () => {
    const base = chance(8) ? random.pick(UNSTORABLE) : random.pick(STRINGS);
    if (chance(70)) return base;
    // Not at a character's edge always: half a pair is a string, too.
    return chance(50) ? base.slice(0, random.below(base.length + 1)) : base + random.pick(STRINGS).slice(0, 20);
  };
  const anyScalar = () => (chance(55) ? anyString() : chance(70) ? random.pick(NUMBERS) : chance(50));

  /** A value that the key has somewhere, or one out of the blue. */
  const scalarFor = (key) => {
    if (chance(35)) return anyScalar();
    const having = documents.filter(({ metadata }) => Object.hasOwn(metadata, key));
    const value = having.length === 0 ? null : random.pick(having).metadata[key];
    const scalars = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && typeof one !== "object");
    return scalars.length === 0 ? anyScalar() : random.pick(scalars);
  };
  const orderable = (key) => {
    const value = scalarFor(key);
    return typeof value === "boolean" ? random.pick(NUMBERS) : value;
  };
  const prefixOf = (text) => text.slice(0, chance(50) ? 1 + random.below(3) : text.length);

  const comparison = {
    equals: (key) => ({ value: scalarFor(key) }),
    in: (key) => ({ values: several(4, () => scalarFor(key)) }),
    greaterThan: (key) => ({ value: orderable(key) }),
    lessThan: (key) => ({ value: orderable(key) }),
    startsWith: (key) => ({ value: prefixOf(String(scalarFor(key))) }),
    contains: (key) => ({ value: scalarFor(key) }),
    exists: () => ({ value: chance(50) }),
  };
  const metadata = () => {
    const key = chance(60) ? random.pick(KEYS.slice(0, 6)) : chance(95) ? random.pick(KEYS) : anyString();
    const op = random.pick(Object.keys(comparison));
    return { kind: "metadata", key, comparison: { op, ...comparison[op](key) } };
  };
  const anyKey = () => (chance(50) ? (someone().key ?? anyString()) : anyString());
  const anyDate = () => (chance(25) ? null : new Date(someone().createdAt.getTime() + random.pick([-1, 0, 1])));

  const leaves = [
    () => ({ kind: "id", in: several(4, () => (chance(80) ? someone().id : anyString())) }),
    () => ({ kind: "key", in: several(4, anyKey) }),
    () => ({ kind: "keyPrefix", prefix: prefixOf(anyKey()) }),
    () => ({ kind: "modality", modality: random.pick(["text", "image"]) }),
    () => ({ kind: "createdAt", from: anyDate(), before: anyDate() }),
    ...Array.from({ length: 7 }, () => metadata),
  ];
  const filter = (levels) => {
    if (levels === 0 || chance(35)) return random.pick(leaves)();
    const kind = random.pick(["all", "any", "not"]);
    return kind === "not"
      ? { kind, filter: filter(levels - 1) }
      : { kind, filters: several(3, () => filter(levels - 1)) };
  };
  return () => filter(DEPTH);
}
