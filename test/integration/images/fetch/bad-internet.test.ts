import type { RequestListener } from "node:http";
import type { AppError } from "../../../../src/errors";
import { openImageFetcher, type FetcherOptions } from "../../../../src/images/fetch/fetcher";
import type { ImageFetcher } from "../../../../src/ports/image-fetcher";
import { BAD_ANSWERS, JPEG, PICTURE } from "../../../support/bad-answers";
import { startBadInternet, type BadInternet } from "../../../support/bad-internet";
import { FETCHER_DEFAULTS } from "../../../support/fetcher-defaults";

const MAX_BYTES = 100_000;
/** Enough for a busy machine, and soon over where a host is slow. */
const PATIENCE_MS = 2_000;
/** Ample for whatever is to succeed. */
const LONG_MS = 10_000;

let internet: BadInternet;
const open: ImageFetcher[] = [];
/** Answers still to be given before /then-picture answers well. */
let first: RequestListener[] = [];

beforeAll(async () => {
  internet = await startBadInternet((request, response) => {
    const answer = first.shift();
    if (request.url === "/then-picture" && answer) answer(request, response);
    else (BAD_ANSWERS[request.url!] ?? BAD_ANSWERS["/picture"]!)(response, request);
  });
});
beforeEach(() => {
  first = [];
  internet.forget();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((fetcher) => fetcher.close()));
});
afterAll(() => internet.stop());

function fetcherWith(options: Partial<FetcherOptions> = {}): ImageFetcher {
  const { resolve, dial } = internet;
  const fetcher = openImageFetcher({
    ...FETCHER_DEFAULTS,
    timeoutMs: PATIENCE_MS,
    maxBytes: { picture: MAX_BYTES, PDF: MAX_BYTES },
    resolve,
    dial,
    ...options,
  });
  open.push(fetcher);
  return fetcher;
}

const urlOf = (at: string): URL => new URL(at, "http://pictures.example");
const get = async (at: string, options?: Partial<FetcherOptions>): Promise<string> =>
  Buffer.from(await fetcherWith(options).fetch(urlOf(at))).toString();
const failureOf = (fetched: Promise<unknown>): Promise<AppError> =>
  fetched.then(
    () => {
      throw new Error("It was fetched.");
    },
    (error: AppError) => error,
  );
const status =
  (statusCode: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(statusCode, headers).end();
const reset: RequestListener = (_request, response) => void response.socket!.resetAndDestroy();

describe("a host of the public internet", () => {
  it.each(["/picture", "/too-long", "https://pictures.example/picture"])("gives the picture at %s", async (at) => {
    expect(await get(at)).toBe(PICTURE.toString());
    expect(internet.dialled).toEqual(["93.184.216.34"]);
  });

  it("may redirect to a path that it spells in UTF-8", async () => {
    await get("/to-utf-8");

    expect(internet.requests.at(-1)!.path).toBe("/b%C3%BCcher");
  });

  it.each(["/aws-chunked", "/unknown-coding", "/said-to-be-gzip", "/jpeg-as-page", "/jpeg-as-octets"])(
    "gives a plain picture whatever its headers say: %s",
    async (at) => {
      expect(Buffer.from(await fetcherWith().fetch(urlOf(at))).equals(JPEG)).toBe(true);
    },
  );

  it("is heard when its first address swallows everything: the other family is tried meanwhile", async () => {
    const resolve = async () => ["2606:4700::1", "2606:4700::2", "2606:4700::3", "2606:4700::4", "93.184.216.34"];
    const dial: typeof internet.dial = (to, signal) =>
      to.hostname.includes(":")
        ? new Promise((_, reject) => signal!.addEventListener("abort", () => reject(new Error("ended"))))
        : internet.dial(to);

    expect(await get("/picture", { resolve, dial })).toBe(PICTURE.toString());
  });

  it("is not dialled at all when one of its addresses of either family is not public", async () => {
    const resolve = async () => ["2606:4700::1", "93.184.216.34", "fd00::1"];

    expect(await failureOf(get("/picture", { resolve }))).toMatchObject({ code: "FETCH_FORBIDDEN" });
    expect(internet.dialled).toEqual([]);
  });

  it.each([
    ["/silent", `took longer than ${PATIENCE_MS} ms`, true],
    ["/stalls", `took longer than ${PATIENCE_MS} ms`, true],
    ["/drips", `took longer than ${PATIENCE_MS} ms`, true],
    ["/endless-headers", `took longer than ${PATIENCE_MS} ms`, true],
    ["/fast-endless-headers", "not valid HTTP", false],
    ["/many-headers", "not valid HTTP", false],
    ["/two-lengths", "not valid HTTP", false],
    ["/no-http", "not valid HTTP", false],
    ["/too-short", "broke off", true],
    ["/resets-at-once", "broke off", true],
    ["/resets-in-headers", "broke off", true],
    ["/resets-in-body", "broke off", true],
    ["/closes", "broke off", true],
    ["/gzip-bomb", "compressed", false],
    ["/secret-gzip", "compressed", false],
    ["/brotli", "compressed", false],
    ["/in-aws-chunks", "packed in chunks", false],
    ["/page", "web page", false],
    ["/page-as-png", "web page", false],
    ["/fragment-of-a-page", "web page", false],
    ["/loop", "more than 3 times", false],
    ["/two-locations", "without saying where", false],
    ["/ping", "more than 3 times", false],
    ["https://expired.example/picture", "certificate", false],
    ["https://93.184.216.34/picture", "certificate", false],
  ])("fails at %s: %s; worth another call: %p", async (at, words, retryable) => {
    const error = await failureOf(get(at));

    expect(error).toMatchObject({ name: "AppError", code: "FETCH_FAILED", retryable });
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/example|93\.184/);
  });

  it.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [410, false],
    [304, false],
    [501, true],
    [408, true],
    [425, true],
    [429, true],
    [500, true],
    [503, true],
  ])("fails with status %i; worth another call: %p", async (code, retryable) => {
    first = [status(code)];

    expect(await failureOf(get("/then-picture"))).toMatchObject({
      code: "FETCH_FAILED",
      retryable,
      message: expect.stringContaining(`status ${code}`),
    });
  });

  it("is left as soon as it has sent too much", async () => {
    expect(await failureOf(get("/endless", { timeoutMs: LONG_MS }))).toMatchObject({ code: "TOO_LARGE" });
  });
});

describe("time", () => {
  it.each(["/silent", "/stalls", "/endless-headers"])("runs out at %s once nothing comes of it", async (at) => {
    const error = await failureOf(get(at, { timeoutMs: LONG_MS, idleTimeoutMs: 200, retries: 2 }));

    expect(error).toMatchObject({ code: "FETCH_FAILED", retryable: true });
    expect(error.message).toContain("nothing came for 200 ms");
    expect(internet.requests).toHaveLength(1);
  });

  it("runs out in all though something always comes", async () => {
    const error = await failureOf(get("/drips", { timeoutMs: 400, idleTimeoutMs: 200 }));

    expect(error.message).toContain("longer than 400 ms");
  });

  it("does not run while a request waits for its turn", async () => {
    const fetcher = fetcherWith({ perHost: 1, timeoutMs: 450 });
    const pictures = await Promise.all(Array.from({ length: 10 }, () => fetcher.fetch(urlOf("/slow"))));

    expect(pictures).toHaveLength(10);
  });
});

describe("turns", () => {
  it("let so many requests go to a host at once and no more", async () => {
    const fetcher = fetcherWith({ perHost: 3, timeoutMs: LONG_MS });
    await Promise.all(Array.from({ length: 12 }, () => fetcher.fetch(urlOf("/slow"))));

    expect([...internet.peaks]).toEqual([["pictures.example", 3]]);
    expect(internet.requests).toHaveLength(12);
  });

  it("count http and https of a host together, and hosts apart", async () => {
    const fetcher = fetcherWith({ perHost: 2, timeoutMs: LONG_MS });
    const hosts = ["http://pictures.example", "https://pictures.example", "http://other.example"];
    await Promise.all(hosts.flatMap((host) => Array.from({ length: 4 }, () => fetcher.fetch(new URL("/slow", host)))));

    expect(Object.fromEntries(internet.peaks)).toEqual({ "pictures.example": 2, "other.example": 2 });
    expect(internet.requests).toHaveLength(12);
  });

  it("are given back by whoever fails, and held through no redirect", async () => {
    const fetcher = fetcherWith({ perHost: 1, timeoutMs: 300 });
    const failures = ["/silent", "/resets-at-once", "/ping", "/loop", "/gzip-bomb", "http://other.example/pong"];
    await Promise.all(failures.map((at) => failureOf(fetcher.fetch(urlOf(at)))));

    expect(Buffer.from(await fetcher.fetch(urlOf("/picture")))).toEqual(PICTURE);
  });
});

describe("trying again", () => {
  const patient = { retries: 2, timeoutMs: LONG_MS };

  it.each([408, 425, 429, 500, 502, 503, 504])("gets the picture after %i", async (code) => {
    first = [status(code), status(code)];

    expect(await get("/then-picture", patient)).toBe(PICTURE.toString());
    expect(internet.requests).toHaveLength(3);
  });

  it("gets the picture after connections that broke, at any point", async () => {
    first = [reset, (request, response) => BAD_ANSWERS["/resets-in-body"]!(response, request)];

    expect(await get("/then-picture", patient)).toBe(PICTURE.toString());
  });

  it("gets the picture after a connection that was refused and a name that was not found yet", async () => {
    let [dials, asked] = [0, 0];
    const refuse = () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    const notYet = () => Promise.reject(Object.assign(new Error("busy"), { code: "EAI_AGAIN" }));
    const dial: typeof internet.dial = (to) => (dials++ === 0 ? refuse() : internet.dial(to));
    const resolve: typeof internet.resolve = (name) => (asked++ === 0 ? notYet() : internet.resolve(name));

    expect(await get("/picture", { ...patient, dial, resolve })).toBe(PICTURE.toString());
  });

  it("ends with the last failure when there are no tries left", async () => {
    first = [status(503), status(503), status(502), status(500)];

    expect((await failureOf(get("/then-picture", patient))).message).toContain("502");
    expect(internet.requests).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 410, 501])("is left alone after %i", async (code) => {
    first = [status(code)];
    await failureOf(get("/then-picture", patient));

    expect(internet.requests).toHaveLength(1);
  });

  it.each(["/gzip-bomb", "/page", "/two-lengths", "https://expired.example/"])("is left alone at %s", async (at) => {
    await failureOf(get(at, patient));

    expect(internet.dialled).toHaveLength(1);
  });

  it("checks a host again: a name that has become a private one meanwhile is forbidden", async () => {
    let asked = 0;
    const resolve = async () => (asked++ === 0 ? ["93.184.216.34"] : ["127.0.0.1"]);

    expect(await failureOf(get("/resets-at-once", { ...patient, resolve }))).toMatchObject({ code: "FETCH_FORBIDDEN" });
    expect(internet.dialled).toEqual(["93.184.216.34"]);
  });

  it.each([
    ["seconds", () => "1"],
    ["a date", () => new Date(Date.now() + 2_000).toUTCString()],
  ])("waits as long as Retry-After says in %s", async (_, retryAfter) => {
    first = [(request, response) => status(429, { "retry-after": retryAfter() })(request, response)];
    const startedMs = Date.now();
    await get("/then-picture", patient);

    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(950);
  });

  it("does not wait for what would come after its time, and says what the host asked for", async () => {
    first = [status(503, { "retry-after": "3600" })];
    const startedMs = Date.now();
    const error = await failureOf(get("/then-picture", patient));

    expect(error.message).toContain("wait 3600 s");
    expect(Date.now() - startedMs).toBeLessThan(patient.timeoutMs / 2);
  });

  it("ends at once when the fetcher is closed", async () => {
    first = [status(503, { "retry-after": "5" })];
    const fetcher = fetcherWith(patient);
    const failure = failureOf(fetcher.fetch(urlOf("/then-picture")));
    while (internet.requests.length === 0) await new Promise((soon) => setTimeout(soon, 10));
    await fetcher.close();
    const startedMs = Date.now();

    expect(await failure).toMatchObject({ code: "FETCH_FAILED" });
    expect(Date.now() - startedMs).toBeLessThan(2_000);
  });
});

describe("hosts that are denied", () => {
  const forbidden = { code: "FETCH_FORBIDDEN", message: expect.stringContaining("never") };
  const denying = (...deniedHosts: string[]): Partial<FetcherOptions> => ({ deniedHosts });

  it.each([
    ["http://pictures.example/", "pictures.example"],
    ["http://PICTURES.example./", "pictures.example"],
    ["http://pictures.example/", ".example"],
    ["http://pictures.example/", ".pictures.example"],
    ["http://a.pictures.example/", ".pictures.example"],
    ["http://93.184.216.34/", "93.184.216.34"],
    ["http://[2606:4700::1]/", "[2606:4700::1]"],
    ["http://metadata.packet.net/", "other.example"],
  ])("are not asked: %s with %s", async (at, denied) => {
    expect(await failureOf(get(at, denying(denied)))).toMatchObject(forbidden);
    expect(internet.dialled).toEqual([]);
  });

  it.each(["tures.example", ".tures.example", "a.pictures.example", "93.184.216.3"])(
    "are no others than %s says",
    async (denied) => {
      expect(await get("/picture", denying(denied))).toBe(PICTURE.toString());
    },
  );

  it("are not asked by another name for their address", async () => {
    expect(await failureOf(get("/picture", denying("93.184.216.34")))).toMatchObject(forbidden);
    expect(internet.dialled).toEqual([]);
  });

  it("are not asked though they are allowed too", async () => {
    const options = { ...denying("pictures.example"), allowedHosts: ["pictures.example"] };

    expect(await failureOf(get("/picture", options))).toMatchObject(forbidden);
  });

  it("are not asked after a redirect", async () => {
    expect(await failureOf(get("/to-other", denying("other.example")))).toMatchObject(forbidden);
    expect(internet.requests.map(({ host }) => host)).toEqual(["pictures.example"]);
  });
});

describe("headers by host", () => {
  const secret = { authorization: "Bearer secret" };
  const withHeaders = (key: string): Partial<FetcherOptions> => ({ headersByHost: new Map([[key, secret]]) });
  const sent = async (at: string, key: string): Promise<unknown[]> => {
    await get(at, withHeaders(key));
    return internet.requests.map(({ headers }) => headers.authorization ?? null);
  };
  const yes = secret.authorization;

  it.each([
    ["https://pictures.example/picture", "pictures.example", [yes]],
    ["http://pictures.example/picture", "pictures.example:80", [yes]],
    ["https://pictures.example/picture", "pictures.example:443", [yes]],
    ["http://pictures.example/picture", "pictures.example", [null]],
    ["https://pictures.example/picture", "pictures.example:80", [null]],
    ["https://pictures.example/picture", "other.example", [null]],
    ["https://pictures.example/picture", "example", [null]],
    ["https://pictures.example/to-self", "pictures.example", [yes, yes]],
    ["https://pictures.example/to-other", "pictures.example", [yes, null]],
    ["https://pictures.example/to-http", "pictures.example", [yes, null]],
    ["http://pictures.example/to-https", "pictures.example", [null, yes]],
    ["http://pictures.example/to-https", "pictures.example:80", [yes, null]],
    ["http://pictures.example/to-other", "other.example:80", [null, yes]],
  ])("%s with headers for %s sends them: %p", async (at, key, expected) => {
    expect(await sent(at, key)).toEqual(expected);
  });

  it("leave our own as they are", async () => {
    await get("https://pictures.example/picture", withHeaders("pictures.example"));

    expect(internet.requests[0]!.headers).toMatchObject({
      host: "pictures.example",
      "user-agent": "parallax-test",
      "accept-encoding": "identity",
    });
  });
});
