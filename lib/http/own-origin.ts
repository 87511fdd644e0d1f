import { LRUCache } from "lru-cache";
import { isLoopbackHost } from "../core/loopback-host";
import { settings } from "../platform/env";
import { literalOf } from "../platform/literal-of";
import type { ApiRequest } from "./api-request";

/**
 * Whether a request asks for this installation by a name of its own. Without `APP_URL` that is `localhost`, `HOST` or
 * an address: a page of somebody else's can have its own name lead here (DNS rebinding), but never these.
 *
 * With `APP_URL` any name is: the proxy in front may not pass the name on that was asked for.
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

/** Names by what `Host` said lately. */
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
 * has to be that of `APP_URL`, or of the request's own host without one. Programs send neither.
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
 * Whether the dashboard itself makes a request. One that says nothing of its origin may read, which is harmless: CORS
 * hides the answer.
 */
export function isSameOrigin(request: Pick<ApiRequest, "headers" | "method">): boolean {
  if (isCrossOrigin(request)) return false;
  const { headers, method } = request;
  const saysOrigin = headers.get("origin") !== null || headers.get("sec-fetch-site") !== null;
  return saysOrigin || method === "GET" || method === "HEAD";
}
