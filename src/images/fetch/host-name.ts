/**
 * A host as settings name it ("Example.com", "127.1", "[::1]", "bücher.example:8080") in the one spelling that a URL
 * gives it, the port kept. Null when it is neither a host nor host:port.
 */
export function canonicalHost(text: string): string | null {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`) || Number(port ?? 0) > 65_535) return null;
  const { hostname } = new URL(`http://${host}`);
  return port === undefined ? hostname : `${hostname}:${Number(port)}`;
}

/** The port of an http or https URL, its scheme's own where it names none. */
export const portOf = ({ port, protocol }: Pick<URL, "port" | "protocol">): string =>
  port || (protocol === "https:" ? "443" : "80");

/** A host without the brackets that URLs put around IPv6 addresses. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, "");
