import { canonicalHost, portOf } from "./host-name";

/** Headers that sources ask for, by "host" (https on its own port) or "host:port" (http as well). Values are secret. */
export type HeadersByHost = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What the connection, the guard or our name in the world depend on. */
const RESERVED =
  /^(host|connection|keep-alive|content-.*|transfer-encoding|te|trailer|upgrade|expect|range|accept-encoding|user-agent|proxy-.*|http2-.*)$/;
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** Reads {"host or host:port": {"Header": "value"}}. Throws with what is wrong and where, repeating nothing of it. */
export function readHeadersByHost(json: string): HeadersByHost {
  const read = new Map<string, Record<string, string>>();
  const hosts = Object.entries(objectOf(parseJson(json), "must be"));
  for (const [i, [host, headers]] of hosts.entries()) {
    const where = `host ${i + 1} of ${hosts.length}`;
    const canonical = canonicalHost(host);
    if (canonical === null) throw new Error(`must name hosts as host or host:port (${where} is neither)`);
    if (read.has(canonical)) throw new Error(`must name each host once (${where} is there already)`);
    read.set(canonical, readHeaders(headers, where));
  }
  return read;
}

function readHeaders(headers: unknown, where: string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [i, [name, value]] of Object.entries(objectOf(headers, `must give ${where}`)).entries()) {
    const at = `header ${i + 1} of ${where}`;
    const key = name.toLowerCase();
    if (!NAME.test(key) || key === "__proto__") throw new Error(`must hold names of headers (${at} has none)`);
    if (RESERVED.test(key)) throw new Error(`must leave to the server what it sets itself (${at} is such a header)`);
    if (Object.hasOwn(read, key)) throw new Error(`must give each header once (${at} is there already)`);
    if (typeof value !== "string" || !VALUE.test(value))
      throw new Error(`must give texts of one line (${at} has none)`);
    read[key] = value;
  }
  return read;
}

/** The headers for exactly this URL's host and port. A bare host never has its secrets sent unencrypted. */
export function headersFor(url: URL, headers: HeadersByHost): Readonly<Record<string, string>> {
  const port = portOf(url);
  const bare = url.protocol === "https:" && port === "443" ? headers.get(url.hostname) : undefined;
  return headers.get(`${url.hostname}:${port}`) ?? bare ?? {};
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The parser's own message repeats part of the text.
    throw new Error('must be JSON like {"host": {"Header": "value"}}');
  }
}

function objectOf(value: unknown, what: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${what} an object like {"host": {"Header": "value"}}`);
}
