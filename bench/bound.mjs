const CORES = /^(.*)cores busy of (\d+)$/;
const COST = ", CPU ms each";
const STAGE = /(embedding|Milvus|ranking|HTTP and GraphQL alone), ms$/;

/**
 * What a row's own figures say of what bounds it: how busy the processors were and what an item cost each process, or the
 * stages that one client waits for in turn. Null where it measured neither.
 */
export function boundOf(figures) {
  const named = Object.entries(figures);
  const costs = named.flatMap(([name, busy]) => {
    const [, side, cores] = CORES.exec(name) ?? [];
    if (cores === undefined) return [];
    const each = named
      .filter(([of, ms]) => of.startsWith(side) && of.endsWith(COST) && ms >= 0.1)
      .toSorted(([, a], [, b]) => b - a)
      .map(([of, ms]) => `${of.slice(side.length, -COST.length)} ${ms}`);
    return [`${side}${busy} of ${cores} cores busy, an item takes in ms of a processor: ${each.join(", ")}`];
  });
  const stages = named.filter(([name]) => STAGE.test(name)).map(([name, ms]) => `${name.replace(/, ms$/, "")} ${ms}`);
  const waits = stages.length > 0 ? [`one client waits in ms for: ${stages.join(", ")}`] : [];
  const all = [...costs, ...waits];
  return all.length > 0 ? all.join("; ") : null;
}
