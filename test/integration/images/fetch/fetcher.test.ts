import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import type { AppError } from "../../../../src/errors";
import { openImageFetcher, type FetcherOptions } from "../../../../src/images/fetch/fetcher";
import type { ImageFetcher } from "../../../../src/ports/image-fetcher";
import { FETCHER_DEFAULTS } from "../../../support/fetcher-defaults";
import { startUnrulyHost, type UnrulyHost } from "../../../support/unruly-host";

const MAX_BYTES = 100_000;
const TIMEOUT_MS = FETCHER_DEFAULTS.timeoutMs;
const PICTURE = Buffer.from("the bytes of a picture");

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const redirect = (location: string) => (response: ServerResponse) => void response.writeHead(302, { location }).end();

function pourForEver(response: ServerResponse): void {
  const pour = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(16_384)));
    response.once("drain", pour);
  };
  pour();
}

const ANSWERS: Record<string, Answer> = {
  "/picture": (response) => response.writeHead(200, { "content-type": "image/png" }).end(PICTURE),
  "/unnamed": (response) => response.end(PICTURE),
  "/full": (response) => response.end(Buffer.alloc(MAX_BYTES)),
  "/missing": (response) => response.writeHead(404).end("no"),
  "/broken": (response) => response.writeHead(500).end("no"),
  "/empty": (response) => response.writeHead(204).end(),
  "/page": (response) => response.writeHead(200, { "content-type": "Text/HTML; charset=utf-8" }).end("<html>"),
  "/silent": () => undefined,
  "/stalls": (response) => void response.writeHead(200, { "content-length": 1_000 }).write("some"),
  "/drips": (response) => {
    const timer = setInterval(() => response.write("."), 50);
    response.once("close", () => clearInterval(timer));
  },
  "/endless": pourForEver,
  "/claims-a-gigabyte": (response) => void response.writeHead(200, { "content-length": 2 ** 30 }).write("x"),
  "/resets": (response) => response.socket!.resetAndDestroy(),
  "/ends-early": (response) => {
    response.writeHead(200, { "content-length": 1_000 }).write("x");
    setTimeout(() => response.socket!.destroy(), 20);
  },
  "/hop": redirect("/picture"),
  "/hop-3": redirect("/hop-2"),
  "/hop-2": redirect("/hop"),
  "/hop-4": redirect("/hop-3"),
  "/loop": redirect("/loop"),
  "/nowhere": (response) => response.writeHead(302).end(),
  "/to-nonsense": redirect("http://[broken"),
  "/to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
  "/to-file": redirect("file:///etc/passwd"),
  "/to-name": redirect("http://inside.example/"),
  "/echo": (response, { headers }) => response.end(JSON.stringify(headers)),
};

let host: UnrulyHost;
let canary: UnrulyHost;
const open: ImageFetcher[] = [];

beforeAll(async () => {
  host = await startUnrulyHost((request, response) => ANSWERS[request.url!]!(response, request));
  canary = await startUnrulyHost((_request, response) => response.end("secret"));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((fetcher) => fetcher.close()));
});
afterAll(() => Promise.all([host.stop(), canary.stop()]));

function fetcherWith(options: Partial<FetcherOptions> = {}): ImageFetcher {
  const allowedHosts = [`127.0.0.1:${host.port}`];
  const fetcher = openImageFetcher({
    ...FETCHER_DEFAULTS,
    maxBytes: { picture: MAX_BYTES, PDF: MAX_BYTES },
    allowedHosts,
    ...options,
  });
  open.push(fetcher);
  return fetcher;
}

const get = (path: string, options?: Partial<FetcherOptions>) => fetcherWith(options).fetch(new URL(path, host.url));

const failureOf = (fetched: Promise<unknown>): Promise<AppError> =>
  fetched.then(
    () => {
      throw new Error("It was fetched.");
    },
    (error: AppError) => error,
  );

describe("an allowed host", () => {
  it.each(["/picture", "/unnamed", "/hop", "/hop-3"])("gives the bytes of %s", async (path) => {
    expect(Buffer.from(await get(path))).toEqual(PICTURE);
  });

  it("gives a picture of exactly the limit", async () => {
    expect(await get("/full")).toHaveLength(MAX_BYTES);
  });

  it("hears who asks, and nothing else about us", async () => {
    const headers = JSON.parse(Buffer.from(await get("/echo")).toString()) as Record<string, string>;

    expect(headers["user-agent"]).toBe("parallax-test");
    expect(headers["host"]).toBe(`127.0.0.1:${host.port}`);
    expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"]);
  });

  it("is dialled directly, whatever the proxy variables say", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { http_proxy: canary.url, HTTP_PROXY: canary.url, ALL_PROXY: canary.url });
    try {
      expect(Buffer.from(await get("/picture"))).toEqual(PICTURE);
    } finally {
      process.env = before;
    }
    expect(canary.connections).toBe(0);
  });

  it.each([
    ["/missing", "FETCH_FAILED", "status 404"],
    ["/broken", "FETCH_FAILED", "status 500"],
    ["/empty", "FETCH_FAILED", "status 204"],
    ["/page", "FETCH_FAILED", "web page"],
    ["/silent", "FETCH_FAILED", `${TIMEOUT_MS} ms`],
    ["/stalls", "FETCH_FAILED", `${TIMEOUT_MS} ms`],
    ["/drips", "FETCH_FAILED", `${TIMEOUT_MS} ms`],
    ["/endless", "TOO_LARGE", `${MAX_BYTES} bytes`],
    ["/claims-a-gigabyte", "TOO_LARGE", `${MAX_BYTES} bytes`],
    ["/resets", "FETCH_FAILED", "broke off"],
    ["/ends-early", "FETCH_FAILED", "broke off"],
    ["/loop", "FETCH_FAILED", "more than 3 times"],
    ["/hop-4", "FETCH_FAILED", "more than 3 times"],
    ["/nowhere", "FETCH_FAILED", "without saying where"],
    ["/to-nonsense", "FETCH_FAILED", "without saying where"],
  ])("%s is %s: %s", async (path, code, words) => {
    const startedMs = performance.now();
    const error = await failureOf(get(path));

    expect(error).toMatchObject({ name: "AppError", code });
    expect(error.message).toContain(words);
    expect(performance.now() - startedMs).toBeLessThan(TIMEOUT_MS * 3);
  });

  it("counts every redirect against the limit that it was given", async () => {
    expect(await failureOf(get("/hop", { maxRedirects: 0 }))).toMatchObject({ code: "FETCH_FAILED" });
  });

  it("is refused at any other port", async () => {
    const error = await failureOf(fetcherWith().fetch(new URL(canary.url)));

    expect(error).toMatchObject({ code: "FETCH_FORBIDDEN", message: expect.stringContaining("port") });
    expect(canary.connections).toBe(0);
  });

  it("may be named without a port, and then with any", async () => {
    expect(Buffer.from(await get("/picture", { allowedHosts: ["127.0.0.1"] }))).toEqual(PICTURE);
  });

  it("may be a name, which is dialled at its address and called by its name", async () => {
    const options = { allowedHosts: ["inside.example"], resolve: async () => ["127.0.0.1"] };
    const url = new URL(`http://inside.example:${host.port}/echo`);
    const headers = JSON.parse(Buffer.from(await fetcherWith(options).fetch(url)).toString()) as { host: string };

    expect(headers.host).toBe(`inside.example:${host.port}`);
  });

  it("is tried at its next address when the first does not answer", async () => {
    const options = { allowedHosts: ["inside.example"], resolve: async () => ["::1", "127.0.0.1"] };
    const url = new URL(`http://inside.example:${host.port}/picture`);

    expect(Buffer.from(await fetcherWith(options).fetch(url))).toEqual(PICTURE);
  });

  it("may be an IPv6 address, written as in a URL", async () => {
    const error = await failureOf(fetcherWith({ allowedHosts: ["[::1]:9"] }).fetch(new URL("http://[::1]:9/")));

    expect(error).toMatchObject({ code: "FETCH_FAILED", message: expect.stringContaining("connection") });
  });

  it("is resolved once for a connection: a second answer never counts", async () => {
    let asked = 0;
    const resolve = async () => (asked++ === 0 ? ["127.0.0.1"] : ["169.254.169.254"]);
    const fetcher = fetcherWith({ allowedHosts: ["inside.example"], resolve });
    await fetcher.fetch(new URL(`http://inside.example:${host.port}/picture`));

    expect(asked).toBe(1);
  });

  it("over TLS is greeted by its name, not by its address", async () => {
    const greeting = new Promise<string>((heard) => {
      const server = createServer((socket) => {
        socket
          .on("error", () => undefined)
          .once("data", (bytes) => {
            heard(bytes.toString("latin1"));
            socket.destroy();
            server.close();
          });
      });
      server.listen(0, "127.0.0.1", () => {
        const options = { allowedHosts: ["inside.example"], resolve: async () => ["127.0.0.1"] };
        const { port } = server.address() as AddressInfo;
        void failureOf(fetcherWith(options).fetch(new URL(`https://inside.example:${port}/`)));
      });
    });

    expect(await greeting).toContain("inside.example");
  });
});

describe("everything inside", () => {
  const refused = (url: string, options?: Partial<FetcherOptions>): Promise<AppError> =>
    failureOf(fetcherWith(options).fetch(new URL(url)));
  const forbidden = (words = ""): object => ({ code: "FETCH_FORBIDDEN", message: expect.stringContaining(words) });

  it.each([
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::5efe:7f00:1]/",
    "http://10.0.0.1/",
    "http://192.168.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://168.63.129.16/",
    "http://100.100.100.200/",
    "http://localhost/",
    "http://LOCALHOST/",
  ])("%s is forbidden", async (url) => {
    expect(await refused(url)).toMatchObject(forbidden("not a public one"));
  });

  it.each([
    ["file:///etc/passwd", "neither http nor https"],
    ["ftp://example.com/a.png", "neither http nor https"],
    ["data:image/png;base64,AAAA", "neither http nor https"],
    ["http://user:password@example.com/", "user name or password"],
    ["http://example.com:22/", "port"],
    ["https://example.com:8443/", "port"],
  ])("%s is forbidden without asking anybody", async (url, words) => {
    const resolve = jest.fn(async () => ["127.0.0.1"]);

    expect(await refused(url, { resolve })).toMatchObject(forbidden(words));
    expect(resolve).not.toHaveBeenCalled();
  });

  it.each([
    [["127.0.0.1"]],
    [["::1"]],
    [["::ffff:127.0.0.1"]],
    [["169.254.169.254"]],
    [["8.8.8.8", "127.0.0.1"]],
    [["2606:4700::1111", "::127.0.0.1"]],
    [["0177.0.0.1"]],
    [["localhost"]],
  ])("a name that resolves to %p is forbidden, and the message keeps the answer to itself", async (addresses) => {
    const error = await refused("http://rebound.example/", { resolve: async () => addresses });

    expect(error).toMatchObject(forbidden());
    for (const address of addresses) expect(error.message).not.toContain(address);
  });

  it.each(["/to-metadata", "/to-file", "/to-name"])("a redirect (%s) is checked like the first URL", async (path) => {
    const options = { allowedHosts: [`127.0.0.1:${host.port}`], resolve: async () => ["127.0.0.1"] };

    expect(await refused(`${host.url}${path}`, options)).toMatchObject(forbidden());
  });

  it("a redirect to another port of an allowed host is forbidden", async () => {
    const turncoat = await startUnrulyHost((_request, response) => redirect(canary.url)(response));
    try {
      const options = { allowedHosts: [`127.0.0.1:${turncoat.port}`] };
      expect(await refused(turncoat.url, options)).toMatchObject(forbidden("port"));
    } finally {
      await turncoat.stop();
    }
  });

  it("has seen no connection through all of this", () => {
    expect(canary.connections).toBe(0);
  });
});

describe("names that lead nowhere", () => {
  it.each([
    ["has no address", async () => []],
    ["could not be found", () => Promise.reject(new Error("ENOTFOUND at 10.1.2.3"))],
    [`${TIMEOUT_MS} ms`, () => new Promise<string[]>(() => undefined)],
  ])("say so: %s", async (words, resolve) => {
    const error = await failureOf(fetcherWith({ resolve }).fetch(new URL("http://nobody.example/")));

    expect(error).toMatchObject({ code: "FETCH_FAILED", retryable: true });
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("10.1.2.3");
  });
});
