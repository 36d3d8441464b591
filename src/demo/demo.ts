import "../config/in-production";
import { processEnvironment } from "../config/read-config";
import { AppError } from "../errors";
import { runDemo } from "./run-demo";

// The demo as a process, as `npm run demo` starts it.

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interruption.abort());

runDemo(process.argv.slice(2), processEnvironment(), interruption.signal).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof AppError ? error.message : String((error as Error)?.stack ?? error)}\n`);
    process.exit(error instanceof AppError && error.code === "BAD_USER_INPUT" ? 2 : 1);
  },
);
