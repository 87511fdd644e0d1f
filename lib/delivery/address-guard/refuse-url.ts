import type { PrivateTargets } from "../../core/delivery-limits";
import { isLoopbackHost } from "../../core/loopback-host";
import { literalOf } from "../../platform/literal-of";
import { refuseAddress } from "./refuse-address";

/**
 * What a URL must be to be sent to, in words that follow the field's name; `null` if it is allowed. Only the URL
 * itself is checked: the addresses of its name are checked for each connection.
 */
export function refuseUrl(url: URL, targets: PrivateTargets): string | null {
  const secure = url.protocol === "https:";
  if (!secure && url.protocol !== "http:") return "must start with https://";
  if (url.username || url.password) return "must not contain a user name or password";
  if (url.port === "0") return "must have a port from 1 to 65535, or no port";
  if (targets === "all") return null;

  const literal = literalOf(url.hostname);
  const local = isLoopbackHost(url.hostname);
  if (local && targets === "loopback") return null;
  const what = literal === null ? local && "this machine" : refuseAddress(literal, { targets, secure: true });
  if (what) {
    return `must lead to a public address, like https://example.com/webhooks: ${literal ?? url.hostname} is ${what}`;
  }
  if (secure) return null;
  return targets === "loopback"
    ? "must start with https:// (http:// is only allowed for localhost)"
    : "must start with https://";
}
