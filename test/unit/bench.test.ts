import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { readText, root } from "../support/markdown";

/** What a piece of the benches, an ES module, makes of this expression. */
function evaluate(module: string, expression: string): unknown {
  const code = `const m = await import("./bench/${module}.mjs"); console.log(JSON.stringify(${expression}));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: root, encoding: "utf8" }),
  );
}

describe("a row of the benches", () => {
  it("is fine where every claim holds", () => {
    expect(evaluate("judge", `m.judged({ ms: 4.5678 }, [{ what: "p50, ms", value: 4.5678, atMost: 5 }])`)).toEqual({
      figures: { ms: 4.57 },
      ratio: 4.57,
      target: "p50, ms ≤ 5",
      ok: true,
    });
  });

  it("falls short where one claim does not hold, and says which", () => {
    const claims = `[{ what: "times", value: 2.5, atLeast: 2 }, { what: "p99", value: 11, atMost: 10 }]`;
    expect(evaluate("judge", `m.judged({}, ${claims})`)).toMatchObject({ ok: false, missed: ["p99 is 11"] });
  });

  it("falls short where there is no figure", () => {
    expect(evaluate("judge", `m.judged({}, [{ what: "refused", value: NaN, atMost: 10 }])`)).toMatchObject({
      ok: false,
    });
  });

  it("compares rounds, not their medians", () => {
    expect(evaluate("measure", `m.ratioOf([10, 100, 30], [10, 50, 10])`)).toBe(2);
  });
});

describe("npm run bench", () => {
  it("has a line in bench/README.md for each row", () => {
    const described = readText("bench/README.md");
    const missing = (evaluate("rows", "m.NAMES") as string[]).filter((name) => !described.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it("refuses a row that there is not, and names those that there are", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, "bench/run.mjs"), "--only", "nothing"], {
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain('no row is called "nothing"; there are start;');
  });
});
