import { resolve } from "node:path";
import { AppError } from "../errors";
import { readCommandLine } from "./command-line";
import { FORMATS, type Format } from "../transfer/manifest";
import { writeExport } from "./export/write-export";
import { readQuietConfig } from "./read-quiet-config";
import type { RunCommand } from "./run-command";

const OPTIONS = {
  format: { type: "string" },
  "no-pictures": { type: "boolean" },
  "no-progress": { type: "boolean" },
} as const;

/** `parallax export`: see its usage. */
export const exportCommand: RunCommand = async (args, env, interrupted) => {
  const { argument, values } = readCommandLine("export", "FOLDER", OPTIONS, args);
  const format = readFormat(values.format);
  const config = readQuietConfig(env);
  return writeExport({
    folder: resolve(argument),
    format,
    withPictures: !values["no-pictures"],
    showsProgress: !values["no-progress"],
    config,
    interrupted,
  });
};

function readFormat(given = "ndjson"): Format {
  const format = FORMATS.find((one) => one === given);
  if (format !== undefined) return format;
  throw new AppError("BAD_USER_INPUT", `--format must be ${FORMATS.join(" or ")}; it is ${given}.`);
}
