// npm run bench [-- --json]: every bench in turn, on one stage. No targets yet: a figure falls short only by failing.
import * as benches from "./benches.mjs";
import { setStage } from "./stage.mjs";

const json = process.argv.includes("--json");
const stage = await setStage();
let ok = true;
try {
  for (const bench of [
    benches.startUp,
    benches.textIngestion,
    benches.imageIngestion,
    benches.search,
    benches.memory,
  ]) {
    const result = await bench(stage).catch((error) => ({
      name: bench.name,
      figures: { error: error.message },
      ratio: null,
      ok: false,
    }));
    const line = { target: null, ok: true, ...result };
    ok &&= line.ok;
    if (json) console.log(JSON.stringify(line));
    else
      console.log(
        `${line.name}${line.ratio === null ? "" : `: ${line.ratio} of raw`}\n${Object.entries(line.figures)
          .map(([name, value]) => `  ${String(value).padStart(10)}  ${name}`)
          .join("\n")}`,
      );
  }
} finally {
  await stage.clear();
}
process.exit(ok ? 0 : 1);
