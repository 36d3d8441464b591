const interactive = process.stdout.isTTY;

/** Text in a terminal's style (SGR code); plain where the output is no terminal. */
const styled = (code: number, text: string): string => (interactive ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = (text: string): string => styled(1, text);
export const faint = (text: string): string => styled(2, text);

export const say = (line = ""): void => void process.stdout.write(`${line}\n`);

/** A line that counts up in place on a terminal, and every quarter elsewhere. */
export function showProgress(what: string, done: number, total: number): void {
  const line = `  ${what}: ${done} of ${total}`;
  if (interactive) process.stdout.write(`\r${line}${done === total ? "\n" : ""}`);
  else if (done === total || Math.floor((4 * done) / total) > Math.floor((4 * (done - 1)) / total)) say(line);
}
