import net from "node:net";

/** Addresses of which a browser on the same machine finds one as `localhost`. */
const asLocalhost = ["127.0.0.1", "0.0.0.0", "::"];

/**
 * The URL at which a browser finds a server that listens on a host (an address, with or without the brackets of IPv6, or
 * a name); without one, on this machine.
 * @param {{ host?: string, port: number }} options
 * @returns {string} its origin
 */
export function ownUrl({ host = "", port }) {
  // URLs have no zones, which addresses of one link have.
  const [bare = ""] = bareHost(host).split("%");
  const name = !bare || asLocalhost.includes(bare) ? "localhost" : net.isIPv6(bare) ? `[${bare}]` : bare;
  return new URL(`http://${name}:${port}`).origin;
}

/**
 * Whether others than this machine reach what listens on a host. It stays with this machine if none is named.
 * @param {string | undefined} host
 */
export function isForOthers(host) {
  const bare = bareHost(host ?? "");
  return (
    bare !== "" && bare !== "localhost" && bare !== "::1" && !(net.isIPv4(bare) && bare.startsWith("127."))
  );
}

/**
 * A host without the brackets that an address of IPv6 has in a URL.
 * @param {string} host
 */
export function bareHost(host) {
  return host.replace(/^\[(.*)\]$/, "$1");
}
