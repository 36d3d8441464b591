import { resolve } from "node:path";
import { AppError } from "../../errors";
import { readOptionalArgument } from "../command-line";
import { EXIT_CODE } from "../exit-code";
import { readQuietConfig } from "../read-quiet-config";
import type { RunCommand } from "../run-command";
import { note, say } from "../terminal";
import { measureStoredGap } from "./measure-stored-gap";
import { gapPlot } from "./plot/gap-plot";
import { printGap } from "./print-gap";
import { writePlot } from "../svg/write-plot";
import { PROGRAM } from "../program";

const OPTIONS = { sample: { type: "string" }, json: { type: "boolean" } } as const;
const [LEAST, MOST] = [16, 1_000];

/** `parallax gap`: see its usage. */
export const gap: RunCommand = async (args, env) => {
  const { argument: file, values } = readOptionalArgument("gap", "FILE", OPTIONS, args);
  if (file !== undefined && !/\.(svg|png)$/i.test(file)) throw wrong(`FILE must end with .svg or .png; it is ${file}.`);
  const sampleSize = readSample(values.sample ?? "500");
  const config = readQuietConfig(env);
  const { fingerprint, gap: measured } = await measureStoredGap(config, sampleSize);
  const { model } = fingerprint;
  if (file !== undefined) {
    await writePlot(resolve(file), gapPlot(measured, model));
    note(`The drawing is in ${file}.`);
  }
  if (values.json) say(JSON.stringify({ model, ...measured }));
  else printGap(measured, model);
  return EXIT_CODE.ok;
};

function readSample(given: string): number {
  const sample = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (sample >= LEAST && sample <= MOST) return sample;
  throw wrong(`--sample must be a whole number from ${LEAST} to ${MOST}; it is ${given}.`);
}

const wrong = (what: string): AppError => new AppError("BAD_USER_INPUT", `${what} See \`${PROGRAM} gap --help\`.`);
