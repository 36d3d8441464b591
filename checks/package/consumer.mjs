// A folder of somebody who installs the package: empty but for the tarball's contents, with a home and caches of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createInterface } from "node:readline";

const START_TIMEOUT_MS = 300_000;

/** How this machine reaches package registries. */
const NETWORK = /^(PIP_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|LANG|(HTTPS?|ALL|NO)_PROXY)$/i;
const network = Object.fromEntries(Object.entries(process.env).filter(([name]) => NETWORK.test(name)));

/**
 * Installs a tarball into an empty folder. `path` begins the PATH; consumers of one `home` share their caches. `warnings`: what
 * npm said of the packages.
 */
export async function openConsumer({ path, tarball, home, npmCache }) {
  const folder = await mkdtemp(join(tmpdir(), "parallax-package-"));
  await mkdir(home, { recursive: true });
  const options = (env) => ({
    cwd: folder,
    env: { ...network, PATH: `${path}:${process.env.PATH}`, HOME: home, ...env },
  });
  const start = (args, env = {}) => spawn(join(folder, "node_modules/.bin/parallax-search"), args, options(env));
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, tarball];
  const installed = await finish(spawn("npm", install, options({ HOME: homedir(), npm_config_cache: npmCache })));
  if (installed.code !== 0) throw new Error(`npm could not install the package:\n${installed.err}`);
  return {
    folder,
    warnings: installed.err.split("\n").filter((line) => /^npm warn (deprecated|EBADENGINE)/i.test(line)),
    /** Runs a command to its end. */
    run: (args, env) => finish(start(args, env)),
    /** Starts the server; resolves with its address once it is ready. */
    serve: (env) => serve(start([], env)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function finish(child) {
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, out, err };
}

async function serve(child) {
  const ended = once(child, "close").then(([code]) => code);
  const errors = text(child.stderr);
  const ready = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const entry = line.startsWith("{") ? JSON.parse(line) : {};
      if (entry.msg === "Parallax is ready") resolve(entry.url);
    });
  });
  const late = AbortSignal.timeout(START_TIMEOUT_MS);
  late.addEventListener("abort", () => child.kill("SIGKILL"));
  const url = await Promise.race([ready, ended.then(() => null)]);
  if (url === null) throw new Error(`the server did not start:\n${await errors}`);
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { url, pid: child.pid, stop };
}
