/**
 * The path to open after signing in: `callbackUrl` if it stays on this origin, otherwise `fallback`. Accepts a path
 * or an absolute URL of `origin`; refuses `//host`, `/\host`, other schemes and other hosts.
 */
export function sameOriginPath(
  callbackUrl: string | null | undefined,
  origin: string,
  fallback = "/",
): string {
  if (!callbackUrl || !URL.canParse(callbackUrl, origin)) return fallback;
  const url = new URL(callbackUrl, origin);
  if (url.origin !== new URL(origin).origin) return fallback;
  const path = url.pathname + url.search + url.hash;
  // "//host" is a path of this URL, but by itself it is an address of another host.
  return path.startsWith("//") ? fallback : path;
}
