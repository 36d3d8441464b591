import { join, resolve } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../config/read-config";
import { writeBenchmark } from "../../samples/write-benchmark";
import { EXIT_CODE } from "../exit-code";
import type { RunCommand } from "../run-command";
import { writePlot } from "../svg/write-plot";
import { note, say } from "../terminal";
import { checkEmbeddedModel } from "./check-embedded-model";
import { evaluateLong } from "./evaluate-long";
import { evaluateModels } from "./evaluate-models";
import { readEvaluateOptions } from "./evaluate-options";
import { printScores } from "./evaluate-table";
import { EMBEDDED_MODEL } from "../../assembly/embedded-model";
import { printReport } from "./print-report";
import type { Report } from "../../evaluation/report/report";
import { comparisonPlot } from "./comparison-plot";
import { sweepPlot } from "./sweep-plot";
import { tellQuarters } from "./tell-quarters";

/** `parallax evaluate`: see its usage. */
export const evaluate: RunCommand = async (args, env) => {
  const options = readEvaluateOptions(args);
  if (options.write !== null) return writeTo(resolve(options.write));
  const config = readConfig(env);
  const log = pino({ level: "warn" }, pino.destination(2));
  if (options.isLong) return evaluateLong(options, config, log);
  const isBundled = options.folder === null;
  const folder = isBundled ? join(config.cacheFolder, "evaluation", "benchmark") : resolve(options.folder!);
  if (isBundled) await draw(folder);
  const usual = isBundled ? EMBEDDED_MODEL : config.model;
  const models = options.models.length === 0 ? [usual] : options.models;
  const report = await evaluateModels({ ...options, folder, models }, config, log);
  if (options.plot !== null) await writePlot(resolve(options.plot), plotOf(report));
  if (!options.isJson) printReport(report);
  // Its floors are the embedded model's, over its own samples.
  const isChecked = isBundled && options.models.length === 0;
  const { scores, short } = isChecked ? await checkEmbeddedModel(config, log) : { scores: [], short: [] };
  const ok = short.length === 0;
  if (options.isJson) say(JSON.stringify({ ...report, ok, shortfalls: short, scores }));
  else if (scores.length > 0) {
    say();
    printScores(scores);
  }
  for (const line of short) note(`Fell short: ${line}`);
  return ok ? EXIT_CODE.ok : EXIT_CODE.failed;
};

function draw(folder: string): Promise<void> {
  const tell = tellQuarters();
  return writeBenchmark(folder, (done, total) => tell("Drawing pictures", done, total));
}

async function writeTo(folder: string): Promise<number> {
  await draw(folder);
  note("The benchmark is written. dataset.json tells whose the pictures are.");
  return EXIT_CODE.ok;
}

function plotOf(report: Report): string {
  const sweeps = report.models.flatMap(({ model, sweeps: own }) => own.map((sweep) => ({ model, sweep })));
  return sweeps.length > 0 ? sweepPlot(sweeps, report.dataSet) : comparisonPlot(report);
}
