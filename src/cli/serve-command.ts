import { serve } from "../serve";
import { readOptionalArgument } from "./command-line";
import { EXIT_CODE } from "./exit-code";
import type { RunCommand } from "./run-command";

/** `parallax-search serve`, and `parallax-search` alone: the server, until Ctrl-C. */
export const serveCommand: RunCommand = async (args, env, interrupted) => {
  readOptionalArgument("serve", null, {}, args);
  await serve(env, interrupted);
  return EXIT_CODE.ok;
};
