import type { EndpointOutput } from "@/lib/endpoints/schemas";

export type HealthTone = "good" | "warn" | "bad" | "off" | "idle";
export type Health = { tone: HealthTone; label: string; detail: string | null };

/** Share of succeeded requests below which a rate is shown in red, and in amber. */
export const rateBad = 0.9;
export const rateWarn = 0.99;

/** Colour of a success rate (0 to 1); `idle` without traffic. */
export function rateTone(rate: number | null): HealthTone {
  if (rate === null) return "idle";
  if (rate < rateBad) return "bad";
  return rate < rateWarn ? "warn" : "good";
}

/** "98.2 %"; never rounds up to 100 % nor down to 0 %. */
export function formatRate(rate: number): string {
  const percent = rate * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  return `${Math.min(99.9, Math.max(0.1, percent)).toFixed(1)} %`;
}

/** A webhook's health in words an operator uses, out of its state and the last 24 hours. */
export function describeHealth(
  endpoint: Pick<EndpointOutput, "status" | "disabledReason" | "health24h">,
): Health {
  const { requests, succeeded, successRate } = endpoint.health24h;
  if (endpoint.status === "disabled")
    return { tone: "off", label: "Disabled", detail: endpoint.disabledReason };
  const tone = rateTone(successRate);
  if (successRate === null || tone === "idle")
    return { tone: "idle", label: "No traffic", detail: "for 24 hours" };
  if (tone === "good") return { tone, label: "Healthy", detail: null };
  const failed = requests - succeeded;
  return {
    tone,
    label: `${formatRate(1 - successRate)} failing`,
    detail: `${failed.toLocaleString("en")} of ${requests.toLocaleString("en")} failed`,
  };
}

/** Failing ones first, the worst on top; then the rest as they came. */
export function byUrgency(endpoints: readonly EndpointOutput[]): EndpointOutput[] {
  const urgency = (endpoint: EndpointOutput) => {
    const { tone } = describeHealth(endpoint);
    return tone === "bad" || tone === "warn" ? (endpoint.health24h.successRate ?? 1) : 2;
  };
  return endpoints.toSorted((a, b) => urgency(a) - urgency(b));
}
