import { AppError } from "../errors";
import type { Config } from "./config";
import type { Environment } from "./setting";
import { SETTINGS } from "./settings";

const SECRETS = /_(TOKEN|KEY|HEADERS|SECRET)$/;

/**
 * The configuration that an environment describes, frozen. Empty variables count as unset. Throws
 * INVALID_CONFIGURATION with every fault at once, one a line; secrets are not repeated.
 */
export function readConfig(env: Environment): Config {
  const faults: string[] = [];
  const entries = Object.entries(SETTINGS).map(([key, { name, defaultText, parse }]) => {
    const given = env[name]?.trim() || defaultText;
    try {
      return [key, parse(given, env)];
    } catch (fault) {
      const shown = SECRETS.test(name) ? "" : ` (it is ${JSON.stringify(withoutUser(given).slice(0, 100))})`;
      faults.push(`${name} ${(fault as Error).message}${shown}`);
      return [key, undefined];
    }
  });
  if (faults.length > 0)
    throw new AppError("INVALID_CONFIGURATION", `The configuration is wrong:\n  ${faults.join("\n  ")}`);
  return Object.freeze(Object.fromEntries(entries) as Config);
}

/** An address without the credentials that somebody put into it. */
const withoutUser = (value: string): string => value.replace(/\/\/[^/]*@/g, "//…@");

/** The environment of this process: the one place that reads it. */
export const processEnvironment = (): Environment => process.env;
