import { settings } from "../platform/env";

const everywhere = { "x-content-type-options": "nosniff", "x-frame-options": "DENY" };

const ofPages = {
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
};

/** Answers that are not pages load nothing if a browser shows them as one. */
const ofApi = { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" };

/** Scripts and styles need no more: a page has its own headers, and loads ten of them. */
const ofKind = { api: ofApi, page: ofPages, asset: {} };

/** A year, for this host only: `APP_URL` says nothing about its subdomains. */
const transportSecurity = "max-age=31536000";

type Kind = keyof typeof ofKind;

/** Created once: every answer has them. */
const tableOf = (transport: Record<string, string>) => ({
  page: { ...everywhere, ...ofKind.page, ...transport },
  api: { ...everywhere, ...ofKind.api, ...transport },
  asset: { ...everywhere, ...ofKind.asset, ...transport },
});
const [overHttp, overHttps] = [tableOf({}), tableOf({ "strict-transport-security": transportSecurity })];

/**
 * The security headers of every answer. A page's content security policy, which contains a nonce, comes from
 * `proxy.ts`.
 *
 * @param what `api` for paths below `/api` and `/.well-known`, `asset` for the built files of pages
 */
export function securityHeaders(what: Kind): Record<string, string> {
  return (settings().appUrl.startsWith("https:") ? overHttps : overHttp)[what];
}
