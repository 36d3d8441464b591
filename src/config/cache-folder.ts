import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import type { Environment } from "./setting";

/** What only a clone of the repository has: a package, an image of the server are set up already. */
const SET_UP = join(__dirname, "../../scripts/setup.mjs");

/**
 * Where downloads are kept that nobody gave a place: ./.cache in a clone; where Parallax is an installed package, whose
 * users start it anywhere, the one folder for it that the platform keeps caches in.
 */
export const defaultCacheFolder = (env: Environment): string =>
  existsSync(SET_UP) ? "./.cache" : userCacheFolder(env, process.platform, homedir());

/** By the XDG Base Directory Specification, Apple's File System Programming Guide and Windows' known folders. */
export function userCacheFolder(env: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === "darwin") return join(home, "Library/Caches/parallax");
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData/Local"), "parallax", "Cache");
  // The specification: paths that are not absolute are to be ignored.
  const given = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(home, ".cache");
  return join(given, "parallax");
}
