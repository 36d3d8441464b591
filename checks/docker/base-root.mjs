// What stands in for node:24-bookworm-slim: a minimal Debian by debootstrap, with Node and npm from npm's registry.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { NODES, installNode } from "../nodes.mjs";

/** Makes it in `folder` when it is not there; `image`: "node:24-bookworm-slim". */
export async function makeBaseRoot(folder, image) {
  if (existsSync(folder)) return;
  const [, major, suite] = /^node:(\d+)-(\w+)-slim$/.exec(image) ?? [];
  const node = NODES.find(({ version }) => version === major);
  if (node === undefined) throw new Error(`there is no stand-in for the image ${image}`);
  const made = `${folder}.new`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  console.error(`check: a Debian ${suite} by debootstrap …`);
  execFileSync("debootstrap", ["--variant=minbase", suite, made, mirror()], { stdio: ["ignore", "ignore", "inherit"] });
  copyNode(await installNode(node), made);
  addUser(made);
  renameSync(made, folder);
}

/** Where this machine gets Debian's packages from. */
function mirror() {
  const folder = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list", ...readdirSync(folder).map((name) => join(folder, name))];
  const text = files
    .filter((file) => existsSync(file) && /\.(list|sources)$/.test(file))
    .map((file) => readFileSync(file, "utf8"));
  const [found] = /https?:\/\/\S*debian(?=\s|\/?$)/m.exec(text.join("\n")) ?? [];
  if (found === undefined) throw new Error("apt knows no Debian mirror on this machine");
  return found;
}

function copyNode(path, root) {
  const [nodeFolder, tools] = path.split(":");
  cpSync(join(nodeFolder, "node"), join(root, "usr/local/bin/node"));
  cpSync(join(tools, "../npm"), join(root, "usr/local/lib/node_modules/npm"), { recursive: true });
  for (const name of ["npm", "npx"])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, "usr/local/bin", name));
}

/** The image's user. */
function addUser(root) {
  writeFileSync(join(root, "etc/passwd"), "node:x:1000:1000::/home/node:/bin/sh\n", { flag: "a" });
  writeFileSync(join(root, "etc/group"), "node:x:1000:\n", { flag: "a" });
  mkdirSync(join(root, "home/node"));
  execFileSync("chown", ["1000:1000", join(root, "home/node")]);
}
