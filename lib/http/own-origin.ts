import { LRUCache } from "lru-cache";
import { isLoopbackHost } from "../core/loopback-host";
import { settings } from "../platform/env";
import { literalOf } from "../platform/literal-of";
import type { ApiRequest } from "./api-request";

/**
 * Whether a request's `Host` is one of this installation's names. Without `APP_URL` these are `localhost`, `HOST` and
 * addresses: another site can make its own name point here (DNS rebinding), but not these.
 *
 * With `APP_URL` any name is accepted, because a proxy in front may not pass on the requested name.
 */
export function isOwnHost(host: string | null | undefined): boolean {
  const { hasAppUrl, host: ownHost, inngest } = settings();
  // Browsers always send one.
  if (hasAppUrl || !host) return true;
  const hostname = hostnameOf(host);
  if (hostname === null) return false;
  if (isLoopbackHost(hostname) || literalOf(hostname) !== null || hostname === ownHost) return true;
  return inngest?.serveOrigin !== undefined && new URL(inngest.serveOrigin).host === host;
}

/** Results by recent values of `Host`. */
const hostnames = new LRUCache<string, { hostname: string | null }>({ max: 1_000 });

function hostnameOf(host: string): string | null {
  const known = hostnames.get(host);
  if (known) return known.hostname;
  const hostname = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
  hostnames.set(host, { hostname });
  return hostname;
}

/**
 * Whether a page of another origin makes a request, by Fetch Metadata if the browser sends it, and by `Origin`, which
 * must be that of `APP_URL` or, without one, of the request's own host. Programs send neither.
 */
export function isCrossOrigin({ headers }: Pick<ApiRequest, "headers">): boolean {
  const host = headers.get("host");
  if (!isOwnHost(host)) return true;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = headers.get("origin");
  if (origin === null) return false;
  const { hasAppUrl, appUrl } = settings();
  return hasAppUrl ? origin !== appUrl : !URL.canParse(origin) || new URL(origin).host !== host;
}

/**
 * Whether the dashboard itself makes a request. A request without an origin may read, which is harmless: CORS hides
 * the answer.
 */
export function isSameOrigin(request: Pick<ApiRequest, "headers" | "method">): boolean {
  if (isCrossOrigin(request)) return false;
  const { headers, method } = request;
  const saysOrigin = headers.get("origin") !== null || headers.get("sec-fetch-site") !== null;
  return saysOrigin || method === "GET" || method === "HEAD";
}
