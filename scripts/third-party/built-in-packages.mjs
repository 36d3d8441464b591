import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { rootFolder } from "../setup/folders.mjs";

const require = createRequire(import.meta.url);
const MODULES = join(rootFolder, "node_modules");

/** Bundles that others made and that are shipped as they are: their makers' packages, and whence drawings and words come. */
const AS_THEY_ARE = ["@graphql-yoga/render-graphiql", "@huggingface/transformers", "emojibase-data"];

/** The npm packages whose code is built into files of ours, with the texts of their licences. */
export async function builtInPackages() {
  const names = new Set([...AS_THEY_ARE, ...(await packagesOfPage()), ...packagesOfTransformers()]);
  return [...names].toSorted().map((name) => {
    const { version, license } = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
    return { name, version, licence: license, text: textOf(name) };
  });
}

/** What Vite puts into the search page. */
async function packagesOfPage() {
  const { build } = await import("vite");
  const configFile = join(rootFolder, "web/vite.config.mjs");
  const { output } = await build({ configFile, logLevel: "silent", build: { write: false } });
  const modules = output.flatMap((chunk) => Object.keys(chunk.modules ?? {}));
  return modules.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ?? []);
}

/** What the bundle of Transformers.js says that it was made of, as far as it is a package here. */
function packagesOfTransformers() {
  const bundle = readFileSync(require.resolve("@huggingface/transformers"), "utf8");
  const names = [...bundle.matchAll(/^\/\/ .*node_modules\/\.pnpm\/([^/\n]+)@/gm)].map(([, name]) =>
    name.replace("+", "/"),
  );
  return names.filter((name) => existsSync(join(MODULES, name, "package.json")) && name !== "onnxruntime-web");
}

function textOf(name) {
  const file = readdirSync(join(MODULES, name)).find((one) => /^licen[cs]e/i.test(one));
  return file === undefined ? null : readFileSync(join(MODULES, name, file), "utf8").trim();
}
