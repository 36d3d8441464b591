// npm run check:ssrf: hostile URLs in every way in, and names that change their addresses, against the built fetcher.
// Nothing but loopback is ever dialled: other addresses are noted by a dialler that is handed in.
import { createRequire } from "node:module";
import { isIP } from "node:net";
import { attacks, hostOf, PAYLOADS, REDIRECTOR, REDIRECTS, resolver } from "./ssrf-payloads.mjs";
import { changingDns, rebindings } from "./ssrf-rebinding.mjs";
import { isLoopback, recordingDialler, startCanary, startPublicHost } from "./ssrf-stage.mjs";

const require = createRequire(import.meta.url);
const { openImageFetcher } = require("../dist/images/fetch/fetcher.js");
const { dialler } = require("../dist/images/fetch/guarded-connector.js");

const AT_ONCE = 32;
const FLIPS = 1_000;
const LEAST_PAYLOADS = 150;
const log = { debug() {}, info() {}, warn() {}, error() {} };
const everyDay = dialler({ timeout: 1_000 });

/** The dialler of every day; not even a fetcher without its guard gets it to leave this machine. */
const dialForReal = async (to) => {
  if (isLoopback(to.hostname)) return everyDay(to);
  throw Object.assign(new Error("not dialled"), { code: "ENETUNREACH" });
};
const DEFAULTS = {
  allowedHosts: [],
  deniedHosts: [],
  headersByHost: new Map(),
  maxBytes: { picture: 1_000, PDF: 1_000 },
  timeoutMs: 5_000,
  idleTimeoutMs: 2_000,
  perHost: AT_ONCE,
  retries: 0,
  userAgent: "check",
  log,
};

/** Fetches each list of URLs in turn, many lists at once; how often what came of it, by code. */
async function fetchAll(options, lists) {
  const fetcher = openImageFetcher({ ...DEFAULTS, ...options });
  const outcomes = {};
  const left = [...lists];
  const work = async () => {
    for (let urls = left.pop(); urls; urls = left.pop()) {
      for (const url of urls) {
        const outcome = await fetchOne(fetcher, url);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await fetcher.close();
  return outcomes;
}

async function fetchOne(fetcher, url) {
  if (!URL.canParse(url)) return "no URL";
  try {
    await fetcher.fetch(new URL(url));
    return "fetched";
  } catch (error) {
    return error.code ?? String(error);
  }
}

/** Every payload in every way, with a dialler that takes notes. */
async function everyWay(canary, publicHost) {
  const answers = new Map();
  const all = attacks(answers);
  const recorder = recordingDialler(dialForReal, canary, publicHost);
  const options = { resolve: resolver(answers), dial: recorder.dial };
  const outcomes = await fetchAll(
    options,
    all.map(({ url }) => [url]),
  );
  return { requests: all.length, ways: new Set(all.map(({ way }) => way)).size, recorder, outcomes };
}

/** Payloads that lead to loopback at worst, with the dialler of every day. */
async function forReal(publicHost) {
  const resolve = resolver(new Map());
  const allowedHosts = [`127.0.0.1:${publicHost.port}`];
  const lists = [];
  for (const [i, { url }] of PAYLOADS.entries()) {
    const host = hostOf(url);
    const addresses = host === null ? [] : isIP(host) ? [host] : await resolve(host);
    if (!addresses.some(isLoopback)) continue;
    const redirects = REDIRECTS.map((status) => `http://127.0.0.1:${publicHost.port}/${status}/${i}`);
    lists.push(...[url, ...redirects].map((one) => [one]));
  }
  return { requests: lists.length, outcomes: await fetchAll({ resolve, allowedHosts, dial: dialForReal }, lists) };
}

async function flips(canary, publicHost) {
  const names = rebindings(FLIPS);
  const dns = changingDns(names);
  const breaking = new Set(names.filter(({ mode }) => mode === "while trying again").map(({ name }) => name));
  let unchecked = 0;
  const recorder = recordingDialler(dialForReal, canary, publicHost, ({ servername, hostname }) => {
    if (!dns.checked(servername, hostname)) unchecked++;
    return breaking.has(servername);
  });
  const options = { resolve: dns.resolve, dial: recorder.dial, retries: 1 };
  const outcomes = await fetchAll(
    options,
    names.map(({ urls }) => urls),
  );
  return { lookUps: dns.lookUps(), unchecked, recorder, outcomes };
}

/** What would be seen without the guard: every host of the attacks allowed. */
async function control(canary, publicHost) {
  const answers = new Map();
  const urls = attacks(answers).map(({ url }) => url);
  const hosts = [...PAYLOADS.map(({ url }) => url), ...urls].filter((url) => URL.canParse(url, REDIRECTOR));
  const allowedHosts = hosts.map((url) => new URL(url, REDIRECTOR).hostname);
  const recorder = recordingDialler(dialForReal, canary, publicHost);
  const before = canary.connections;
  await fetchAll(
    { resolve: resolver(answers), dial: recorder.dial, allowedHosts },
    urls.map((url) => [url]),
  );
  const seen = canary.connections - before;
  const port = canary.defaultPorts.includes(80) ? 80 : canary.port;
  const ownDialler = { allowedHosts: ["127.0.0.1"], dial: dialForReal };
  await fetchAll(ownDialler, [[`http://127.0.0.1:${port}/`]]);
  return { inside: recorder.inside.length, connections: seen, real: canary.connections - before - seen };
}

const listed = (outcomes) =>
  Object.entries(outcomes)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(", ");

async function measure() {
  const canary = await startCanary();
  const publicHost = await startPublicHost(PAYLOADS.map(({ url }) => url));
  const startedMs = performance.now();
  const ways = await everyWay(canary, publicHost);
  const real = await forReal(publicHost);
  const rebound = await flips(canary, publicHost);
  const connections = canary.connections;
  const seen = await control(canary, publicHost);
  const seconds = (performance.now() - startedMs) / 1_000;
  await Promise.all([canary.stop(), publicHost.stop()]);
  const inside = [...ways.recorder.inside, ...rebound.recorder.inside];
  return { ways, real, rebound, seen, connections, inside, seconds, ports: [canary.port, ...canary.defaultPorts] };
}

function show({ ways, real, rebound, seen, connections, inside, seconds, ports }) {
  const print = (what, value) => console.log(`${what.padEnd(34)} ${value}`);
  print("every way", `${listed(ways.outcomes)}; ${ways.recorder.dials} dials`);
  print("with the dialler of every day", `${real.requests} requests: ${listed(real.outcomes)}`);
  print("flips", `${rebound.lookUps} look-ups: ${listed(rebound.outcomes)}; ${rebound.recorder.dials} dials`);
  print("canary's ports", ports.join(", "));
  print("guard off: dials inside", seen.inside);
  print("guard off: canary connections", `${seen.connections} + ${seen.real} by the dialler of every day`);
  print("seconds", seconds.toFixed(1));
  print("payloads", PAYLOADS.length);
  print("ways", ways.ways);
  print("requests", ways.requests + real.requests);
  print("DNS flips", FLIPS);
  print("dials of addresses not public", inside.length);
  print("dials of addresses not checked", rebound.unchecked);
  print("canary connections", connections);
}

/** What fell short, null when nothing did. A control that sees nothing means a check that could not fail. */
function shortfall({ ways, rebound, seen, connections, inside }) {
  if (PAYLOADS.length < LEAST_PAYLOADS || ways.ways !== 7) return "there are too few payloads or ways.";
  if (seen.inside < PAYLOADS.length || seen.connections === 0 || seen.real !== 1) {
    return "the control did not see what a missing guard lets through.";
  }
  if (rebound.recorder.dials < FLIPS / 2) return "names that change were hardly ever dialled.";
  if (inside.length > 0) return `dialled were ${[...new Set(inside)].slice(0, 10).join(", ")}.`;
  if (rebound.unchecked > 0) return "addresses were dialled that were not in the answer that was checked.";
  return connections > 0 ? "the canary was reached." : null;
}

async function main() {
  const measured = await measure();
  show(measured);
  const failure = shortfall(measured);
  if (failure !== null) console.log(`FAILED: ${failure}`);
  return failure === null ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`check:ssrf: ${error.message}`);
    process.exit(1);
  },
);
