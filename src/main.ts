import "./config/in-production";
import { processEnvironment } from "./config/read-config";
import { AppError } from "./errors";
import { serve } from "./serve";

// The server as a process: stops on SIGINT or SIGTERM; exit code 0 after an orderly stop, 1 when it could not start.

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

serve(processEnvironment(), stopping.signal).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof AppError ? error.message : String((error as Error)?.stack ?? error)}\n`);
    process.exit(1);
  },
);
