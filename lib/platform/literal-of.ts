import net from "node:net";

/** The address in a host, if it is not a name. The URL parser has normalized every notation. */
export function literalOf(hostname: string): string | null {
  const text = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return net.isIP(text) === 0 ? null : text;
}
