/** A command of the CLI: its arguments, the environment and Ctrl-C in; the exit code out. */
export type RunCommand = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  interrupted: AbortSignal,
) => Promise<number>;
