import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";

/** The header by which the front passes the network to a route. It replaces one that was sent. */
export const networkHeader = "x-posthorn-network";
/** The header by which the front passes the address to a route. It replaces one that was sent. */
export const addressHeader = "x-posthorn-address";

/**
 * The network that a request comes from, by which attempts are counted: an IPv4 address, or an IPv6 network of 64
 * bits, all of which one customer may have. `X-Forwarded-For` counts if a proxy sent it, that is, if the connection
 * comes from this machine or a private network. Its last entry is the one that this proxy added.
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

/** Of recent clients: each connection brings many requests. */
const networks = new LRUCache<string, string>({ max: 1_000 });

/**
 * The full address that a request comes from, for people to read, not for counting. A proxy is trusted as in
 * `clientNetwork`.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined): string {
  const address = believed(peer, forwardedFor);
  return address && ipaddr.isValid(address) ? ipaddr.process(address).toString() : (peer ?? "unknown");
}

function believed(peer: string | undefined, forwardedFor: string | undefined): string | undefined {
  const forwarded = forwardedFor?.split(",").at(-1)?.trim();
  return forwarded && isNear(peer) ? forwarded : peer;
}

function readNetwork(peer: string | undefined, forwardedFor: string | undefined): string {
  const address = believed(peer, forwardedFor);
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
