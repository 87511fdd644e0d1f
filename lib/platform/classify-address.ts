import net from "node:net";
import ipaddr from "ipaddr.js";
import { describeSpecial } from "./special-ranges";

/** `what` follows "is": "a private address". */
export type AddressClass = { scope: "public" | "loopback" | "internal"; what: string };

/**
 * Classifies an address by how far it reaches. An IPv4 address inside an IPv6 one (mapped, or in NAT64's well-known
 * prefix of RFC 6052) is classified by itself; other embedded addresses are refused.
 *
 * @param text from a resolver or a socket; anything that is not an address counts as internal
 */
export function classifyAddress(text: string): AddressClass {
  if (net.isIP(text) === 0) return { scope: "internal", what: "not an IP address" };
  const address = ipaddr.parse(inGroups(text));
  if (address instanceof ipaddr.IPv4) return classify(address);
  if (address.zoneId !== undefined) return { scope: "internal", what: "an address within one local network" };
  if (address.isIPv4MappedAddress()) return classify(address.toIPv4Address());
  if (address.match(nat64)) {
    const inner = new ipaddr.IPv4(address.toByteArray().slice(12));
    const { scope, what } = classify(inner);
    return scope === "public" ? { scope, what } : { scope: "internal", what: `NAT64 for ${inner}, ${what}` };
  }
  return classify(address);
}

/** IPv6 without a dotted part: the library takes `::1.2.3.4`, an IPv4-compatible address, for a mapped one. */
function inGroups(text: string): string {
  if (!text.includes(":") || !text.includes(".") || text.includes("%")) return text;
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}

const nat64 = ipaddr.parseCIDR("64:ff9b::/96");
const loopback = { ipv4: ipaddr.parseCIDR("127.0.0.0/8"), ipv6: ipaddr.parseCIDR("::1/128") };

function classify(address: ipaddr.IPv4 | ipaddr.IPv6): AddressClass {
  const special = describeSpecial(address);
  if (special === null) return { scope: "public", what: "a public address" };
  return { scope: address.match(loopback[address.kind()]) ? "loopback" : "internal", what: special };
}
