import { basename, resolve } from "node:path";
import { pino } from "pino";
import { openForCalibration } from "../../assembly/open-for-calibration";
import { AppError } from "../../errors";
import { readOptionalArgument } from "../command-line";
import { EXIT_CODE } from "../exit-code";
import { PROGRAM } from "../program";
import { readQuietConfig } from "../read-quiet-config";
import { Report } from "../report";
import type { RunCommand } from "../run-command";
import { note, say } from "../terminal";
import { calibrateBy } from "./calibrate-by";
import { sourceOf } from "./source-of";

const OPTIONS = { name: { type: "string" }, report: { type: "string" }, reset: { type: "boolean" } } as const;
const TAKEN = "A server takes it at its next start.";

/** `parallax calibrate`: see its usage. */
export const calibrate: RunCommand = async (args, env, interrupted) => {
  const { argument, values } = readOptionalArgument("calibrate", "SOURCE", OPTIONS, args);
  const isReset = values.reset ?? false;
  if ((argument === undefined) !== isReset || (isReset && Object.keys(values).length > 1))
    throw new AppError(
      "BAD_USER_INPUT",
      `Either SOURCE is named, or --reset alone. See \`${PROGRAM} calibrate --help\`.`,
    );
  const source = argument === undefined ? null : await sourceOf(resolve(argument));
  const config = readQuietConfig(env);
  const report = new Report(values.report);
  const model = await openForCalibration(config, pino({ level: config.logLevel }, pino.destination(2)), note);
  try {
    if (source === null) {
      await model.forget();
      say(`${model.name} is calibrated without a set of your own again. ${TAKEN}`);
      return EXIT_CODE.ok;
    }
    const name = values.name?.trim() || basename(resolve(argument!));
    const { path, failed } = await calibrateBy(source, { name, model, report, interrupted });
    if (path === null) return EXIT_CODE.interrupted;
    say(`It is kept in ${path}. ${TAKEN}`);
    return failed > 0 ? EXIT_CODE.incomplete : EXIT_CODE.ok;
  } finally {
    await model.close();
  }
};
