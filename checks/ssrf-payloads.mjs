import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { PUBLIC } from "./ssrf-stage.mjs";

const GROUPS = JSON.parse(readFileSync(new URL("ssrf-payloads.json", import.meta.url), "utf8"));

/** Hostile URLs as they are written, each with the address that its name, where it has one, leads to. */
export const PAYLOADS = GROUPS.flatMap(({ leadsTo, urls }) => urls.map((url) => ({ url, leadsTo })));

export const REDIRECTOR = "http://redirector.example";
export const REDIRECTS = [301, 302, 303, 307, 308];

/** Names in payloads that are not hostile themselves: what must not happen is that something else is dialled. */
const HARMLESS = new Set(["example.com", "redirector.example"]);

const bare = (host) => host.replace(/^\[|\]$/g, "");

/** Where a payload leads when the redirector names it, as the fetcher's parser and as the naked eye read it. */
export const hostOf = (url) => (URL.canParse(url, REDIRECTOR) ? bare(new URL(url, REDIRECTOR).hostname) : null);
const writtenHost = (url) => /^\s*\w*:?[\\/]*(?:[^\\/?#]*@)?(\[[^\]]*\]|[^\\/?#:]*)/.exec(url)?.[1] ?? "";

/** What DNS may answer on behalf of a payload: its address, its name's address, and its host as it is written. */
export const dnsAnswers = ({ url, leadsTo }) => {
  const host = hostOf(url);
  return [...new Set([leadsTo, isIP(host ?? "") ? host : leadsTo, bare(writtenHost(url)) || leadsTo])];
};

const LEADS_TO = new Map(PAYLOADS.map(({ url, leadsTo }) => [hostOf(url), leadsTo]));

/** The hostile DNS: a name of ours leads to what is in `answers`, any name that is not known to loopback. */
export const resolver = (answers) => async (name) => {
  if (answers.has(name)) return [answers.get(name)];
  return [HARMLESS.has(name) ? PUBLIC[0] : (LEADS_TO.get(name) ?? "127.0.0.1")];
};

/** Every payload in every way: what to fetch, the payload behind it, the way. `direct` ones may be no URL at all. */
export function attacks(answers) {
  return PAYLOADS.flatMap((payload, i) => [
    { way: "direct", payload, url: payload.url },
    ...REDIRECTS.map((status) => ({ way: String(status), payload, url: `${REDIRECTOR}/${status}/${i}` })),
    ...dnsAnswers(payload).map((answer, j) => {
      answers.set(`dns-${i}-${j}.example`, answer);
      return { way: "DNS", payload, url: `http://dns-${i}-${j}.example/` };
    }),
  ]);
}
