import net from "node:net";

/** Addresses that a browser on the same machine reaches as `localhost`. */
const asLocalhost = ["127.0.0.1", "0.0.0.0", "::"];

/**
 * The URL at which a browser reaches a server that listens on a host (an address, with or without the brackets of
 * IPv6, or a name); without a host, on this machine.
 *
 * @param {{ host?: string, port: number }} options
 * @returns {string} its origin
 */
export function ownUrl({ host = "", port }) {
  // URLs have no zones, which link-local addresses have.
  const [bare = ""] = bareHost(host).split("%");
  const name = !bare || asLocalhost.includes(bare) ? "localhost" : net.isIPv6(bare) ? `[${bare}]` : bare;
  return new URL(`http://${name}:${port}`).origin;
}

/**
 * Whether other machines reach what listens on a host. Without a host it is only this machine.
 *
 * @param {string | undefined} host
 */
export function isForOthers(host) {
  const bare = bareHost(host ?? "");
  return (
    bare !== "" && bare !== "localhost" && bare !== "::1" && !(net.isIPv4(bare) && bare.startsWith("127."))
  );
}

/** A host without the brackets that an IPv6 address has in a URL. @param {string} host */
export function bareHost(host) {
  return host.replace(/^\[(.*)\]$/, "$1");
}
