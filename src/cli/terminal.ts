/** Tells a result: one line to the standard output. */
export const say = (line = ""): void => void process.stdout.write(`${line}\n`);

/** Tells what is going on, or wrong: one line to the standard error. */
export const note = (line: string): void => void process.stderr.write(`${line}\n`);
