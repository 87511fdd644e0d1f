import ipaddr from "ipaddr.js";

type Range = readonly [cidr: string, what: string];

/**
 * Ranges that no webhook may lead to, and what an address in each is. From the IANA registries of special-purpose
 * addresses (RFC 6890) and of multicast. The first match names an address.
 */
const ipv4: readonly Range[] = [
  ["0.0.0.0/8", "an unspecified address"],
  ["10.0.0.0/8", "a private address"],
  ["100.64.0.0/10", "a shared address inside a provider's network"],
  ["127.0.0.0/8", "an address of this machine"],
  ["168.63.129.16/32", "the cloud metadata address of Azure"],
  ["169.254.0.0/16", "a link-local address, where cloud metadata is"],
  ["172.16.0.0/12", "a private address"],
  ["192.0.0.0/24", "a reserved address"],
  ["192.0.2.0/24", "a documentation address"],
  ["192.31.196.0/24", "a reserved address"],
  ["192.52.193.0/24", "a reserved address"],
  ["192.88.99.0/24", "an address of a 6to4 relay"],
  ["192.168.0.0/16", "a private address"],
  ["192.175.48.0/24", "a reserved address"],
  ["198.18.0.0/15", "a benchmarking address"],
  ["198.51.100.0/24", "a documentation address"],
  ["203.0.113.0/24", "a documentation address"],
  ["224.0.0.0/4", "a multicast address"],
  ["255.255.255.255/32", "the broadcast address"],
  ["240.0.0.0/4", "a reserved address"],
];

/** In IPv6 only `2000::/3` is public at all; ranges outside of it are listed for their names. */
const ipv6: readonly Range[] = [
  ["::/128", "an unspecified address"],
  ["::1/128", "an address of this machine"],
  ["::/96", "an IPv4-compatible address"],
  ["::ffff:0:0:0/96", "an IPv4-translated address"],
  ["64:ff9b:1::/48", "a NAT64 address inside a network"],
  ["100::/64", "a discard address"],
  ["2001::/32", "a Teredo address"],
  ["2001:2::/48", "a benchmarking address"],
  ["2001::/23", "a reserved address"],
  ["2001:db8::/32", "a documentation address"],
  ["2002::/16", "a 6to4 address"],
  ["2620:4f:8000::/48", "a reserved address"],
  ["3ffe::/16", "a reserved address"],
  ["3fff::/20", "a documentation address"],
  ["fc00::/7", "a unique local address"],
  ["fe80::/10", "a link-local address"],
  ["fec0::/10", "a site-local address"],
  ["ff00::/8", "a multicast address"],
];

const parse = ([cidr, what]: Range) => ({ range: ipaddr.parseCIDR(cidr), what });
const parsed = { ipv4: ipv4.map(parse), ipv6: ipv6.map(parse) };
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/** What a special address is, in words that follow "is"; `null` for a public address. */
export function describeSpecial(address: ipaddr.IPv4 | ipaddr.IPv6): string | null {
  const special = parsed[address.kind()].find(({ range }) => address.match(range));
  if (special) return special.what;
  if (address.kind() === "ipv6" && !address.match(globalUnicast)) return "a reserved address";
  // Ranges that the library learns of before this list does.
  return address.range() === "unicast" ? null : "a reserved address";
}
