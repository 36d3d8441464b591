// Carries out the steps of a Dockerfile on folders instead of layers.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { rootFolder } from "../../scripts/setup/folders.mjs";
import { makeBaseRoot } from "./base-root.mjs";
import { lendNetwork, startInRoot } from "./in-root.mjs";

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** Numbers of the names in the image's passwd. */
const USERS = { root: null, node: "1000:1000" };

/** Builds all stages beneath `work`; the images by the stages' names: their root folder, environment, user and commands. */
export async function buildImages(stages, work) {
  const images = new Map();
  for (const { name, base, steps } of stages) {
    const root = join(work, name);
    const parent = images.get(base) ?? (await baseImage(base, work));
    execFileSync("cp", ["-a", "--reflink=auto", parent.root, root]);
    const image = { ...parent, env: { ...parent.env }, root };
    for (const step of steps) await carryOut(step, image, images);
    images.set(name, image);
  }
  return images;
}

async function baseImage(base, work) {
  const root = join(work, base.replaceAll(/\W/g, "-"));
  await makeBaseRoot(root, base);
  return { root, env: { PATH }, user: null, workdir: "/" };
}

async function carryOut({ kind, value }, image, images) {
  console.error(`check: ${kind} ${value.slice(0, 100)}`);
  if (kind === "RUN") await runStep(value, image);
  else if (kind === "COPY") copy(value, image, images);
  else if (kind === "ENV")
    Object.assign(image.env, Object.fromEntries(value.split(" ").map((pair) => pair.split("="))));
  else if (kind === "USER") image.user = USERS[value];
  else if (kind === "WORKDIR") mkdirSync(join(image.root, (image.workdir = value)), { recursive: true });
  else if (kind === "HEALTHCHECK") image.healthcheck = JSON.parse(value.slice(value.indexOf("[")));
  else if (["ENTRYPOINT", "CMD", "VOLUME"].includes(kind)) image[kind.toLowerCase()] = JSON.parse(value);
}

async function runStep(command, { root, env, workdir, user }) {
  if (user !== null) throw new Error(`RUN ${command}: as root alone here`);
  const network = lendNetwork(root);
  const options = {
    env: { ...network.env, ...env, HOME: "/root" },
    cwd: workdir,
    stdio: ["ignore", "ignore", "inherit"],
  };
  const [code] = await once(startInRoot(root, ["sh", "-c", command], options), "close");
  network.takeBack();
  if (code !== 0) throw new Error(`RUN ${command} ended with ${code}`);
}

/** Files go into a folder, folders' contents too, as Docker has it. */
function copy(value, image, images) {
  const [, stage, names] = /^(?:--from=(\S+) )?(.*)$/.exec(value);
  const words = names.split(" ");
  const target = join(image.root, resolve(image.workdir, words.pop()));
  const from = stage === undefined ? rootFolder : images.get(stage).root;
  if (stage === undefined) for (const word of words) mustBeAdmitted(word);
  const sources = words.flatMap((word) => found(join(from, word)));
  for (const source of sources) copyOne(source, target, sources.length > 1 || names.endsWith("/"));
}

/** Paths that a pattern fits; throws where there is none. */
const found = (pattern) =>
  execFileSync("sh", ["-c", `ls -d ${pattern}`], { encoding: "utf8" })
    .trim()
    .split("\n");

function copyOne(source, target, intoFolder) {
  const isFolder = statSync(source).isDirectory();
  mkdirSync(isFolder || intoFolder ? target : join(target, ".."), { recursive: true });
  execFileSync("cp", ["-a", isFolder ? `${source}/.` : source, target]);
}

/** Docker sees of the repository what .dockerignore lets through. */
function mustBeAdmitted(name) {
  const admitted = readFileSync(join(rootFolder, ".dockerignore"), "utf8").split("\n");
  if (!admitted.includes(`!${name}`)) throw new Error(`COPY ${name}: .dockerignore keeps it out`);
}
