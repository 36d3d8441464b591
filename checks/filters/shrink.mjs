const TRIES = 300;

/** A smaller filter that still fails; `fails` is asked of candidates, smallest steps first found are taken. */
export async function shrink(filter, fails) {
  let smallest = filter;
  for (let tried = 0; tried < TRIES;) {
    let found = null;
    for (const candidate of smallerThan(smallest)) {
      if (++tried > TRIES) break;
      if (!(await fails(candidate))) continue;
      found = candidate;
      break;
    }
    if (found === null) break;
    smallest = found;
  }
  return smallest;
}

function* smallerThan(filter) {
  if (filter.kind === "not") {
    yield filter.filter;
    for (const smaller of smallerThan(filter.filter)) yield { kind: "not", filter: smaller };
  } else if (filter.kind === "all" || filter.kind === "any") {
    yield* filter.filters;
    yield* without(filter.filters).map((filters) => ({ ...filter, filters }));
    for (const [at, part] of filter.filters.entries())
      for (const smaller of smallerThan(part)) yield { ...filter, filters: filter.filters.with(at, smaller) };
  } else if ("in" in filter) {
    yield* without(filter.in).map((values) => ({ ...filter, in: values }));
  } else if (filter.kind === "metadata" && filter.comparison.op === "in") {
    const { comparison } = filter;
    yield* without(comparison.values).map((values) => ({ ...filter, comparison: { ...comparison, values } }));
  }
}

const without = (list) => list.map((_, at) => list.toSpliced(at, 1));
