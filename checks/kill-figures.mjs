// What check:kill prints: a line for each round, and the figures of all of them.

const wrong = ({ faults }) => Object.entries(faults).filter(([, count]) => count !== 0);
const allKills = ({ kills, endWith }) => [...kills, ...(endWith === "SIGKILL" ? ["server at the end"] : [])];

/** Whether nothing is wrong after a round. */
export const isRight = (round) => wrong(round).length === 0;

export function showRound(one) {
  const { seed, round, restarts, acknowledged, job, faults, seconds, folder } = one;
  const found = JSON.stringify(Object.fromEntries(wrong({ faults })));
  const verdict = isRight(one) ? "exact" : `WRONG: ${found} ${JSON.stringify(job)}; kept in ${folder}`;
  console.log(
    `seed ${seed}, round ${round}: ${seconds.toFixed(1)} s; killed ${allKills(one).join(", ")}; ${restarts} restarts; ` +
      `${acknowledged.size} acknowledged beside; ${verdict}`,
  );
}

const print = (what, value) => console.log(`${what.padEnd(34)} ${value}`);

/** The rounds of all seeds together, out of how many that were asked for. */
export function showFigures(rounds, asked) {
  const sum = (of) => rounds.reduce((total, one) => total + of(one), 0);
  print("seeds", [...new Set(rounds.map(({ seed }) => seed))].join(", "));
  print("rounds", `${rounds.length} of ${asked}`);
  showKills(rounds.flatMap(allKills));
  const restarts = sum((one) => one.restarts);
  print("restarts of the server", restarts);
  const beside = sum(({ acknowledged }) => acknowledged.size);
  print("acknowledged beside", beside);
  for (const name of Object.keys(rounds[0]?.counts ?? {})) {
    const [told, right] = [sum(({ job }) => job[name]), sum(({ counts }) => counts[name])];
    print(name, `${told} of ${right}`);
  }
  for (const name of Object.keys(rounds[0]?.faults ?? {})) {
    const count = sum(({ faults }) => faults[name]);
    print(name, count);
  }
  const others = sum((one) => one.notIdentical);
  print("vectors not bit for bit", others);
  print("seconds", sum(({ seconds }) => seconds).toFixed(0));
}

function showKills(kills) {
  const by = {};
  for (const kill of kills) by[kill] = (by[kill] ?? 0) + 1;
  print("kills", kills.length);
  for (const [name, count] of Object.entries(by).sort()) print(`  ${name}`, count);
}
