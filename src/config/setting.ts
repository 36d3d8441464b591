import { DEFAULT_LIMITS, type Limits } from "../documents/limits";
import { integer } from "./setting-parsers";

export type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable: what it means, how its string is read, what holds without it. */
export interface Setting<T> {
  readonly name: string;
  readonly meaning: string;
  /** As a user would write it; "" where there is none. */
  readonly defaultText: string;
  readonly parse: (text: string, env: Environment) => T;
}

/** Settings by the names that the code has for them. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

export const setting = <T>(
  name: string,
  defaultText: string,
  meaning: string,
  parse: (text: string, env: Environment) => T,
): Setting<T> => ({
  name,
  meaning,
  defaultText,
  parse,
});

/** A limit of what clients may send: from 1 to `max`, its default in the one table of limits. */
export const limit = (name: string, key: keyof Limits, max: number, meaning: string) =>
  setting(name, String(DEFAULT_LIMITS[key]), meaning, integer(1, max));
