import { settings } from "../platform/env";

const everywhere = { "x-content-type-options": "nosniff", "x-frame-options": "DENY" };

const ofPages = {
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
};

/** What is no page loads nothing, if a browser shows it as one. */
const ofApi = { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" };

/** A script or a style needs no more: a page is held by its own headers, and loads ten of them. */
const ofKind = { api: ofApi, page: ofPages, asset: {} };

/** A year, for this host alone: `APP_URL` says nothing of its subdomains. */
const transportSecurity = "max-age=31536000";

type Kind = keyof typeof ofKind;

/** Made once: every answer has them. */
const tableOf = (transport: Record<string, string>) => ({
  page: { ...everywhere, ...ofKind.page, ...transport },
  api: { ...everywhere, ...ofKind.api, ...transport },
  asset: { ...everywhere, ...ofKind.asset, ...transport },
});
const [overHttp, overHttps] = [tableOf({}), tableOf({ "strict-transport-security": transportSecurity })];

/**
 * The headers by which browsers are held to what Posthorn needs of them, of every answer. A page's own content security
 * policy, which holds a nonce, comes from `proxy.ts`.
 *
 * @param what `api` for paths below `/api` and `/.well-known`, `asset` for the built files of pages
 */
export function securityHeaders(what: Kind): Record<string, string> {
  return (settings().appUrl.startsWith("https:") ? overHttps : overHttp)[what];
}
