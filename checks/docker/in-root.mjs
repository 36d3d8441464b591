// Processes that have a folder as their root. Mounts are made in a mount namespace of their own and are gone with it; of this
// machine itself nothing is mounted but harmless devices: what installs packages in there rewrites /etc, certificates and all.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";

const DEVICES = ["full", "null", "random", "urandom", "zero"];
/** Variables that name a file of certificates; inside it is a copy, apart from the system's own. */
const CERTIFICATES = ["NODE_EXTRA_CA_CERTS", "PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"];
const CERTIFICATES_INSIDE = "/opt/certificates-of-the-host.crt";
const PROXIES = /^(HTTPS?|ALL|NO)_PROXY$/i;

/**
 * Starts a command in `root`. `mounts`: further `mount` commands, with $ROOT for it. `user`: numbers "uid:gid", who gets no
 * capabilities; without one it is root.
 */
export function startInRoot(root, command, { env = {}, cwd = "/", user = null, mounts = [], stdio = "pipe" }) {
  const prepare = [
    `mount --bind ${root} ${root}`,
    `mount -t proc proc ${root}/proc`,
    ...devices(root),
    ...mounts.map((mount) => mount.replaceAll("$ROOT", root)),
  ];
  const [uid, gid] = user?.split(":") ?? [];
  const identity = user === null ? [] : ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, ...CONFINED, "env"];
  const inside = ["chroot", root, "/usr/bin/env", "-i", "-C", cwd, ...identity, ...asList(env), ...command];
  const script = `${prepare.join(" && ")} && exec "$@"`;
  return spawn(
    "unshare",
    ["--mount", "--pid", "--fork", "--kill-child=SIGKILL", "sh", "-ec", script, "sh", ...inside],
    {
      stdio,
    },
  );
}

const CONFINED = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];

const asList = (env) => Object.entries(env).map(([name, value]) => `${name}=${value}`);

const devices = (root) => [
  `mount -t tmpfs tmpfs ${root}/dev`,
  `mkdir ${root}/dev/shm`,
  `ln -s /proc/self/fd ${root}/dev/fd`,
  ...DEVICES.map((name) => `touch ${root}/dev/${name} && mount --bind /dev/${name} ${root}/dev/${name}`),
];

/** Copies into `root` what reaching registries takes: the environment for it, and what takes the copies away again. */
export function lendNetwork(root) {
  const given = Object.entries(process.env);
  const [, certificates] = given.find(([name]) => CERTIFICATES.includes(name)) ?? [];
  const copies = [
    ["/etc/resolv.conf", "/etc/resolv.conf"],
    ["/etc/hosts", "/etc/hosts"],
    ...(certificates === undefined ? [] : [[certificates, CERTIFICATES_INSIDE]]),
  ].filter(([from]) => existsSync(from));
  for (const [from, to] of copies) copyFileSync(from, join(root, to));
  const env = Object.fromEntries(given.filter(([name]) => PROXIES.test(name)));
  if (certificates !== undefined) for (const name of CERTIFICATES) env[name] = CERTIFICATES_INSIDE;
  return { env, takeBack: () => copies.forEach(([, to]) => rmSync(join(root, to), { force: true })) };
}
