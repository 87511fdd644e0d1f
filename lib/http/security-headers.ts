import { settings } from "../platform/env";

const everywhere = { "x-content-type-options": "nosniff", "x-frame-options": "DENY" };

const ofPages = {
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
};

/** What is no page loads nothing, if a browser shows it as one. */
const ofAnswers = { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" };

/** A year, for this host alone: `APP_URL` says nothing of its subdomains. */
const transportSecurity = "max-age=31536000";

/**
 * The headers by which browsers are held to what Posthorn needs of them, of every answer. A page's own content security
 * policy, which holds a nonce, comes from `proxy.ts`.
 *
 * @param isApi whether the path is below `/api` or `/.well-known`
 */
export function securityHeaders(isApi: boolean): Record<string, string> {
  return {
    ...everywhere,
    ...(isApi ? ofAnswers : ofPages),
    ...(settings().appUrl.startsWith("https:") ? { "strict-transport-security": transportSecurity } : {}),
  };
}
