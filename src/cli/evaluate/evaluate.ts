import { join } from "node:path";
import { pino } from "pino";
import { processEnvironment, readConfig, type Config } from "../../config";
import { startJinaClip } from "../../encoders/jina-clip";
import { modelCalibration } from "../../encoders/model-calibration";
import { resolveModel } from "../../encoders/model-files";
import { AppError } from "../../errors";
import { startImageDecoder } from "../../images/decode/decoder";
import type { Log } from "../../log";
import { drawGeneralSet } from "../../samples/draw-general-set";
import { shortfalls } from "./evaluate-floors";
import { evaluateModel } from "./evaluate-model";
import { printScores } from "./evaluate-table";
import type { Scores } from "./evaluate-tasks";

const MODEL = "mini-clip";
const START_TIMEOUT_MS = 300_000;

const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** Measures how well the embedded model finds things and holds that against its floors; the exit code: 0, or 1 where it falls short. */
export async function evaluate(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== "--json");
  if (unknown !== undefined) {
    const usage = "Usage: npx parallax evaluate [--json]";
    throw new AppError("BAD_USER_INPUT", `Unknown option ${JSON.stringify(unknown)}. ${usage}`);
  }
  const config = readConfig(processEnvironment());
  const scores = await measure(config, pino({ level: "warn" }, pino.destination(2)));
  printScores(scores);
  const short = shortfalls(scores);
  for (const line of short) note(`Fell short: ${line}`);
  const ok = short.length === 0;
  if (args.includes("--json"))
    process.stdout.write(`${JSON.stringify({ model: MODEL, ok, shortfalls: short, scores })}\n`);
  return ok ? 0 : 1;
}

async function measure(config: Config, log: Log): Promise<Scores[]> {
  const { cacheFolder, maxImageBytes, maxImagePixels, decoderDeadlineMs: deadlineMs } = config;
  const maxMemoryBytes = config.decoderMemoryMb * 1_048_576;
  const bundledFolder = join(__dirname, "../../../models", MODEL);
  const hubUrl = config.modelHubUrl;
  const files = await resolveModel({
    model: MODEL,
    revision: "",
    dtype: "fp32",
    cacheFolder,
    hubUrl,
    bundledFolder,
    log,
  });
  const start = { dimension: null, startTimeoutMs: START_TIMEOUT_MS, deadlineMs: config.encoderDeadlineMs };
  const encoder = await startJinaClip({ files, ...start, log });
  const processes = config.decoderProcesses;
  const decoder = await startImageDecoder({
    processes,
    maxImageBytes,
    maxImagePixels,
    maxMemoryBytes,
    deadlineMs,
    log,
  });
  try {
    const general = () => drawGeneralSet(join(cacheFolder, "general-set"));
    const calibration = await modelCalibration({ files, encoder, decoder, general, cacheFolder, log });
    const onProgress = quarters();
    return await evaluateModel({ encoder, decoder, calibration, folder: join(cacheFolder, "evaluation"), onProgress });
  } finally {
    await Promise.all([encoder.close(), decoder.close()]);
  }
}

/** Tells how far a long step is, a few times. */
function quarters(): (what: string, done: number, total: number) => void {
  let told = "";
  return (what, done, total) => {
    const line = `${what} ${total} pictures: ${25 * Math.floor((4 * done) / total)} %`;
    if (line !== told) note(line);
    told = line;
  };
}
