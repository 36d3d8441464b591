import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "../setup/folders.mjs";

/** Licences as SPDX names them, where a package says them in words. */
const SPDX = {
  "3-Clause BSD License": "BSD-3-Clause",
  "Apache Software License": "Apache-2.0",
  "MIT License": "MIT",
};

/** The Python packages that Milvus Lite runs with, by what they say of themselves in a clone's .venv. */
export function pythonPackages() {
  const lib = join(rootFolder, ".venv/lib");
  const site = join(lib, readdirSync(lib)[0], "site-packages");
  return readdirSync(site)
    .filter((name) => name.endsWith(".dist-info"))
    .map((name) => readFileSync(join(site, name, "METADATA"), "utf8"))
    .map((metadata) => ({ name: fieldOf(metadata, "Name"), licence: licenceOf(metadata) }))
    .filter(({ name }) => !["pip", "setuptools"].includes(name))
    .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function licenceOf(metadata) {
  const [, classified] = /^Classifier: License :: OSI Approved :: (.*)$/m.exec(metadata) ?? [];
  const said = fieldOf(metadata, "License-Expression") ?? fieldOf(metadata, "License") ?? classified ?? "unknown";
  return SPDX[said] ?? said;
}

const fieldOf = (metadata, name) => new RegExp(`^${name}: (.+)$`, "m").exec(metadata)?.[1];
