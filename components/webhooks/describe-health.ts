import { formatNextTry } from "@/components/ui/format-time";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { rateBad } from "@/lib/core/attention";
import { isRule } from "@/lib/core/describe-cause";
import { backsOff, disableFailures } from "@/lib/core/endpoint-state";

export type HealthTone = "good" | "warn" | "bad" | "off" | "idle";
export type Health = { tone: HealthTone; label: string; detail: string | null };

/** A rate below this is shown in amber; below `rateBad` in red. */
const rateWarn = 0.99;

/** The color of a success rate (0 to 1); `idle` without traffic. */
export function rateTone(rate: number | null): HealthTone {
  if (rate === null) return "idle";
  if (rate < rateBad) return "bad";
  return rate < rateWarn ? "warn" : "good";
}

type Judged = Pick<
  EndpointOutput,
  | "status"
  | "consecutiveFailures"
  | "nextProbeAt"
  | "disabledReason"
  | "disabledCause"
  | "held"
  | "health24h"
  | "createdAt"
>;

/**
 * A webhook's health for operators. Failures that later succeeded only show in the rate beside it.
 *
 * @param now `null` while neither the viewer's clock nor zone is known: then times are omitted
 */
export function describeHealth(endpoint: Judged, now: Date | null): Health {
  const { status, consecutiveFailures, disabledReason, disabledCause, held, health24h } = endpoint;
  if (status === "disabled")
    return { tone: isRule(disabledCause) ? "bad" : "off", label: "Disabled", detail: disabledReason };
  if (status === "failing") {
    const tone = backsOff(consecutiveFailures) ? "bad" : "warn";
    return { tone, label: "Failing", detail: describeStreak(endpoint, now) };
  }
  if (held > 0) return { tone: "warn", label: "Holds events", detail: "Replay or discard them" };
  if (health24h.successRate === null) {
    const since = now && (isNew(endpoint, now) ? "yet" : "for 24 hours");
    return { tone: "idle", label: "No traffic", detail: since };
  }
  return { tone: "good", label: "Healthy", detail: null };
}

const dayMs = 86_400_000;

/** Whether a webhook was added less than 24 hours ago, so that it has no figures of 24 hours. */
export function isNew({ createdAt }: Pick<EndpointOutput, "createdAt">, now: Date): boolean {
  return now.getTime() - new Date(createdAt).getTime() < dayMs;
}

/** "1 failure", "3 in a row", "7 in a row · next try 14:32". */
function describeStreak({ consecutiveFailures, nextProbeAt }: Judged, now: Date | null): string {
  const streak = consecutiveFailures === 1 ? "1 failure" : `${consecutiveFailures} in a row`;
  return nextProbeAt && now ? `${streak} · next try ${formatNextTry(nextProbeAt, now)}` : streak;
}

/**
 * First those that a rule disabled, then failing ones, the longest streak first, then those that hold events; equal
 * ones by what waits or is held; then the rest in the given order.
 */
export function byUrgency(endpoints: readonly EndpointOutput[]): EndpointOutput[] {
  const urgency = ({ status, consecutiveFailures, disabledCause, held }: EndpointOutput) => {
    if (status === "disabled" && isRule(disabledCause)) return 1 + disableFailures;
    if (status === "failing") return 1 + consecutiveFailures;
    return held > 0 ? 1 : 0;
  };
  const stuck = (endpoint: EndpointOutput) =>
    urgency(endpoint) === 0 ? 0 : endpoint.held + (endpoint.waiting?.count ?? 0);
  return endpoints.toSorted((a, b) => urgency(b) - urgency(a) || stuck(b) - stuck(a));
}
