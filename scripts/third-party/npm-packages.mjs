import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "../setup/folders.mjs";

/** The npm packages that run with Parallax, by what package-lock.json says; those for other platforms are among them. */
export function npmPackages() {
  const { packages } = JSON.parse(readFileSync(join(rootFolder, "package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { name, version, license }]) => ({
      name: name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      licence: license ?? "unknown",
    }));
}
