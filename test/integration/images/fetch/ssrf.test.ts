import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { openImageFetcher } from "../../../../src/images/fetch/fetcher";
import type { ImageFetcher } from "../../../../src/ports/image-fetcher";
import { startBadInternet, type BadInternet } from "../../../support/bad-internet";
import { FETCHER_DEFAULTS } from "../../../support/fetcher-defaults";
import { startUnrulyHost, type UnrulyHost } from "../../../support/unruly-host";

// The short form of `npm run check:ssrf`.
const file = join(__dirname, "../../../../checks/ssrf-payloads.json");
const GROUPS = JSON.parse(readFileSync(file, "utf8")) as { group: string; leadsTo: string; urls: string[] }[];
const PUBLIC = "93.184.216.34";
const bareHostOf = (url: string): string => new URL(url, "http://pictures.example").hostname.replace(/^\[|\]$/g, "");

let internet: BadInternet;
let canary: UnrulyHost;
const open: ImageFetcher[] = [];

beforeAll(async () => {
  internet = await startBadInternet((request, response) => {
    const location = Buffer.from(decodeURIComponent(request.url!.slice(1)));
    const head = "HTTP/1.1 302 Found\r\nconnection: close\r\ncontent-length: 0\r\nlocation: ";
    response.socket!.end(Buffer.concat([Buffer.from(head), location, Buffer.from("\r\n\r\n")]));
  });
  canary = await startUnrulyHost((_request, response) => response.end("secret"));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((fetcher) => fetcher.close()));
});
afterAll(() => Promise.all([internet.stop(), canary.stop()]));

/** Fetches all and gives the addresses that were dialled. An address that is not public would lead to the canary. */
async function dialledFor(urls: readonly string[], answer: string, allowedHosts: readonly string[] = []) {
  const dialled = new Set<string>();
  const fetcher = openImageFetcher({
    ...FETCHER_DEFAULTS,
    timeoutMs: 5_000,
    allowedHosts,
    resolve: async (name) => [["pictures.example", "example.com"].includes(name) ? PUBLIC : answer],
    dial: (to) => {
      dialled.add(to.hostname);
      if (to.hostname === PUBLIC) return internet.dial({ ...to, protocol: "http:" });
      return FETCHER_DEFAULTS.dial({ ...to, protocol: "http:", hostname: "127.0.0.1", port: String(canary.port) });
    },
  });
  open.push(fetcher);
  const parsed = urls.filter((url) => URL.canParse(url)).map((url) => new URL(url));
  await Promise.all(parsed.map((url) => fetcher.fetch(url).catch(() => undefined)));
  return [...dialled];
}

const redirectTo = (url: string): string => `http://pictures.example/${encodeURIComponent(url)}`;

it.each(GROUPS.map(({ group, leadsTo, urls }) => [group, leadsTo, urls] as const))(
  "%s: nothing inside is dialled, directly, after a redirect or by a name",
  async (_, leadsTo, urls) => {
    const direct = await dialledFor([...urls, ...urls.map(redirectTo)], leadsTo);
    const answers = urls.filter((url) => URL.canParse(url, "http://pictures.example")).map(bareHostOf);
    const byName = [leadsTo, ...answers.filter((host) => isIP(host))].map((answer) =>
      dialledFor(["http://rebound.example/"], answer),
    );

    expect(direct).toEqual([PUBLIC]);
    expect((await Promise.all(byName)).flat()).toEqual([]);
    expect(canary.connections).toBe(0);
  },
);

it("would be seen if it were", async () => {
  expect(await dialledFor([redirectTo("http://127.1/")], PUBLIC, ["127.0.0.1"])).toContain("127.0.0.1");
  expect(canary.connections).toBe(1);
});
