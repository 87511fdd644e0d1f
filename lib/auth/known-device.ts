import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { settings } from "../platform/env";

const cookieName = "posthorn-device";
const cookieDays = 400;

/**
 * A cookie that proves that a user signed in with this email address in this browser. It grants no access: it only
 * keeps other people's wrong passwords from slowing the user down (OWASP, "Device Cookies").
 *
 * @returns the value of a `Set-Cookie` header
 */
export function deviceCookie(email: string): string {
  const device = randomBytes(12).toString("base64url");
  const secure = settings().appUrl.startsWith("https:") ? "; Secure" : "";
  const attributes = `Path=/api/auth; Max-Age=${cookieDays * 24 * 60 * 60}; HttpOnly; SameSite=Lax${secure}`;
  return `${cookieName}=${device}.${signature(device, email)}; ${attributes}`;
}

/**
 * The known device of an account that a request's `Cookie` header proves.
 *
 * @returns its id, or `null`
 */
export function knownDevice(cookies: string, email: string): string | null {
  const [, device = "", given = ""] =
    new RegExp(`(?:^|; *)${cookieName}=([\\w-]{16})\\.([\\w-]{43})(?:;|$)`).exec(cookies) ?? [];
  const expected = signature(device, email);
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
    ? device
    : null;
}

function signature(device: string, email: string): string {
  const account = email.trim().toLowerCase();
  return createHmac("sha256", settings().authSecret)
    .update(`device:${device}:${account}`)
    .digest("base64url");
}
