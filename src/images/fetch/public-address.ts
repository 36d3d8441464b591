import { isIP } from "node:net";
import { IPv4, IPv6, parse } from "ipaddr.js";

/** Public by their range, but answered by a cloud's own services. */
const CLOUD_ADDRESSES = new Set(["168.63.129.16", "100.100.100.200"]);

/** IPv6 ranges that carry an IPv4 address or belong to protocols: what they lead to is not what they say. */
const CARRIERS = [
  "::/96",
  "::ffff:0:0/96",
  "::ffff:0:0:0/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "2001::/23",
  "2002::/16",
].map((range) => IPv6.parseCIDR(range));

/**
 * Whether an IP address is one of the public internet. Everything special is not: loopback, private, link-local, shared,
 * documentation, multicast, clouds' metadata, and every IPv6 form that embeds an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  // The strict spelling only: "0177.0.0.1" and the like mean different things to different readers.
  if (isIP(address) === 0 || address.includes("%")) return false;
  const parsed = parse(address);
  if (parsed instanceof IPv4) return parsed.range() === "unicast" && !CLOUD_ADDRESSES.has(parsed.toString());
  const isatap = (parsed.parts[4]! & 0xfdff) === 0 && parsed.parts[5] === 0x5efe;
  const global = (parsed.parts[0]! & 0xe000) === 0x2000;
  return global && !isatap && parsed.range() === "unicast" && !CARRIERS.some((range) => parsed.match(range));
}
