import type { AttemptOutput } from "@/lib/contract/deliveries";

/** Whether the target of an attempt's redirect can be used as the URL of its webhook, which still has the old one. */
export const canUseTarget = (
  attempt: Pick<AttemptOutput, "httpStatus" | "response" | "url">,
  endpoint: { url: string },
): boolean => redirectTarget(attempt) !== null && endpoint.url === attempt.url;

/**
 * The target of an attempt that was answered with a redirect; `null` for any other attempt, and if it is not a web
 * address.
 */
export function redirectTarget({
  httpStatus,
  response,
  url,
}: Pick<AttemptOutput, "httpStatus" | "response" | "url">): string | null {
  const location = response?.headers.location;
  if (httpStatus === null || httpStatus < 300 || httpStatus > 399 || !location) return null;
  if (!URL.canParse(location, url)) return null;
  const target = new URL(location, url);
  return /^https?:$/.test(target.protocol) && target.href !== url ? target.href : null;
}
