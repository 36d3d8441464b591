// Processes that have a folder as their root. Mounts are made in a mount namespace of their own and are gone with it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** Certificates, name resolution and package clients' settings of this machine, so that what is inside reaches registries too. */
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf"];
const NETWORK = /^(PIP_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|(HTTPS?|ALL|NO)_PROXY)$/i;

/** Environment variables that tell clients how this machine reaches registries. */
export const networkEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => NETWORK.test(name)));

/**
 * Starts a command in `root`. `mounts`: further `mount` commands, with $ROOT for it. `user`: numbers "uid:gid"; without one it
 * is root, may write to all of it and reaches the network as this machine does.
 */
export function startInRoot(root, command, { env = {}, cwd = "/", user = null, mounts = [], stdio = "pipe" }) {
  const prepare = [
    `mount --bind ${root} ${root}`,
    `mount -t proc proc ${root}/proc`,
    `mount --rbind /dev ${root}/dev`,
    ...(user === null ? networkMounts(root) : []),
    ...mounts.map((mount) => mount.replaceAll("$ROOT", root)),
  ];
  const identity =
    user === null ? [] : ["setpriv", `--reuid=${user.split(":")[0]}`, `--regid=${user.split(":")[1]}`, ...CONFINED];
  const inside = ["chroot", root, "/usr/bin/env", "-i", "-C", cwd, ...identity, ...asList(env), ...command];
  const script = `${prepare.join(" && ")} && exec "$@"`;
  return spawn(
    "unshare",
    ["--mount", "--pid", "--fork", "--kill-child=SIGKILL", "sh", "-ec", script, "sh", ...inside],
    { stdio },
  );
}

const CONFINED = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "env"];

const asList = (env) => Object.entries(env).map(([name, value]) => `${name}=${value}`);

function networkMounts(root) {
  const certificates = Object.values(networkEnvironment()).filter((value) => value.startsWith("/"));
  return [...new Set([...NETWORK_FILES, ...certificates])]
    .filter((path) => existsSync(path))
    .map(
      (path) =>
        `mkdir -p ${root}$(dirname ${path}) && { [ -d ${path} ] && mkdir -p ${root}${path} || touch ${root}${path}; } && mount --bind ${path} ${root}${path}`,
    );
}
