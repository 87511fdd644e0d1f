import { timingSafeEqual } from "node:crypto";
import { settings } from "../platform/env";
import { setupToken } from "./setup-token.mjs";

/**
 * Whether a request with this token may create the first owner. If other people can reach the setup, because of
 * `APP_URL` or `HOST`, the token of the link printed at start is required. Otherwise Posthorn listens on this machine
 * only.
 */
export function maySetUp(token: string | undefined): boolean {
  const { hasAppUrl, listensForOthers, authSecret } = settings();
  if (!hasAppUrl && !listensForOthers) return true;
  const expected = Buffer.from(setupToken(authSecret));
  const given = Buffer.from(token ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
