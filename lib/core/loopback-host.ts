/**
 * Whether a URL's host is this machine: `localhost` or a name below it (RFC 6761), or a loopback address.
 *
 * @param hostname from the URL parser, which normalizes every notation of an address
 */
export function isLoopbackHost(hostname: string): boolean {
  return /^((.*\.)?localhost\.*|127(\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/i.test(hostname);
}
