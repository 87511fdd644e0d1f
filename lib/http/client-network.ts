import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";

/** The header by which the front passes the network to a route; one that was sent is replaced. */
export const networkHeader = "x-posthorn-network";

/**
 * The network that a request comes from, as attempts are counted by it: an IPv4 address, or an IPv6 network of 64 bits,
 * which a single customer has whole. What `X-Forwarded-For` says counts if a proxy said it: if the connection comes
 * from this machine or a private network. Its last entry is the one that this proxy added.
 *
 * @param peer address of the connection's other end
 */
export function clientNetwork(peer: string | undefined, forwardedFor: string | undefined): string {
  const key = `${peer} ${forwardedFor}`;
  const known = networks.get(key);
  if (known !== undefined) return known;
  const network = readNetwork(peer, forwardedFor);
  networks.set(key, network);
  return network;
}

/** Of whoever came lately: each connection brings many requests. */
const networks = new LRUCache<string, string>({ max: 1_000 });

function readNetwork(peer: string | undefined, forwardedFor: string | undefined): string {
  const forwarded = forwardedFor?.split(",").at(-1)?.trim();
  const address = forwarded && isNear(peer) ? forwarded : peer;
  if (!address || !ipaddr.isValid(address)) return peer ?? "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

function isNear(peer: string | undefined): boolean {
  if (!peer || !ipaddr.isValid(peer)) return false;
  return ["loopback", "private", "uniqueLocal", "linkLocal", "carrierGradeNat"].includes(
    ipaddr.process(peer).range(),
  );
}
