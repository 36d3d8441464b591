import { parseArgs, type ParseArgsConfig } from "node:util";
import { AppError } from "../errors";
import { PROGRAM } from "./program";
import type { Command } from "./usage";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * The one argument and the options of a command. Throws BAD_USER_INPUT that says what is wrong and what there is.
 * `--no-progress` and the like are options of that name.
 */
export function readCommandLine<O extends Options>(
  command: Command,
  argument: string,
  options: O,
  args: readonly string[],
) {
  const { argument: given, values } = readOptionalArgument(command, argument, options, args);
  if (given === undefined) throw wrong(command, `${argument} is missing.`);
  return { argument: given, values };
}

/** The same for a command that goes without its argument too; `argument`: null for one that takes none. */
export function readOptionalArgument<O extends Options>(
  command: Command,
  argument: string | null,
  options: O,
  args: readonly string[],
) {
  const { positionals, values } = parse(command, options, args);
  if (argument === null && positionals.length > 0) {
    throw wrong(command, `\`${command}\` takes options alone, not ${JSON.stringify(positionals[0])}.`);
  }
  if (positionals.length > 1) {
    throw wrong(
      command,
      `One ${argument} is taken, but here are ${positionals.map((one) => JSON.stringify(one)).join(" and ")}.`,
    );
  }
  return { argument: positionals[0], values };
}

function parse<O extends Options>(command: Command, options: O, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { message } = error as Error;
    const [, unknown] = /Unknown option '([^']+)'/.exec(message) ?? [];
    if (unknown === undefined) throw wrong(command, `${message.split(". ")[0]}.`);
    const known = Object.keys(options).map((name) => `--${name}`);
    throw wrong(
      command,
      `There is no option ${unknown}; there ${known.length > 0 ? `are ${known.join(", ")}` : "is none"}.`,
    );
  }
}

const wrong = (command: Command, what: string): AppError =>
  new AppError("BAD_USER_INPUT", `${what} See \`${PROGRAM} ${command} --help\`.`);
