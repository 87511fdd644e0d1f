import net from "node:net";
import { classifyAddress } from "./classify-address";

/** Whether a URL's host is this machine: `localhost` or a name below it (RFC 6761), or a loopback address. */
export function isLoopbackHost(hostname: string): boolean {
  const literal = literalOf(hostname);
  if (literal !== null) return classifyAddress(literal).scope === "loopback";
  const name = hostname.toLowerCase().replace(/\.+$/, "");
  return name === "localhost" || name.endsWith(".localhost");
}

/** The address that a host is, where it is no name. The URL parser has brought every notation into one form. */
export function literalOf(hostname: string): string | null {
  const text = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return net.isIP(text) === 0 ? null : text;
}
