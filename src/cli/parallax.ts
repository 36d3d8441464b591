import "../config/in-production";
import { processEnvironment } from "../config/read-config";
import { AppError } from "../errors";
import { EXIT_CODE } from "./exit-code";
import type { RunCommand } from "./run-command";
import { note } from "./terminal";
import { PROGRAM } from "./program";
import { COMMANDS, USAGE, type Command } from "./usage";

/** Loaded when it is its turn: an export need not wait for the server's packages. */
const RUN: Record<Command, () => Promise<RunCommand>> = {
  serve: async () => (await import("./serve-command.js")).serveCommand,
  demo: async () => (await import("../demo/run-demo.js")).runDemo,
  import: async () => (await import("./import-command.js")).importCommand,
  export: async () => (await import("./export-command.js")).exportCommand,
  audit: async () => (await import("./audit-command.js")).auditCommand,
  evaluate: async () => (await import("./evaluate/evaluate.js")).evaluate,
  calibrate: async () => (await import("./calibrate/calibrate.js")).calibrate,
  gap: async () => (await import("./gap/gap.js")).gap,
};

/** Runs the command that the arguments name; the exit code. */
async function parallax([name = "serve", ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS.find((one) => one === name);
  if (command === undefined) return withoutCommand(name);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(USAGE[command]);
    return EXIT_CODE.ok;
  }
  const run = await RUN[command]();
  return run(args, processEnvironment(), interruption());
}

function withoutCommand(name: string): number {
  if (["--help", "-h", "help"].includes(name)) {
    process.stdout.write(USAGE[""]);
    return EXIT_CODE.ok;
  }
  note(`There is no command ${JSON.stringify(name)}; there are ${COMMANDS.join(", ")}. See \`${PROGRAM} --help\`.`);
  return EXIT_CODE.failed;
}

/** Aborted by the first Ctrl-C; the second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODE.interrupted);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}

parallax(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    note(error instanceof AppError ? error.message : String((error as Error)?.stack ?? error));
    process.exit(EXIT_CODE.failed);
  },
);
