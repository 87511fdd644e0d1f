import net from "node:net";

/** The address that a host is, where it is no name. The URL parser has brought every notation into one form. */
export function literalOf(hostname: string): string | null {
  const text = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return net.isIP(text) === 0 ? null : text;
}
