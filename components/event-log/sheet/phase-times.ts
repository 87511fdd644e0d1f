import type { AttemptOutput, TimingsOutput } from "@/lib/contract/deliveries";

export type Phase = { name: keyof TimingsOutput; label: string; ms: number };

export const phaseLabels: Record<keyof TimingsOutput, string> = {
  dnsMs: "DNS",
  connectMs: "Connect",
  tlsMs: "TLS",
  waitMs: "Wait",
  readMs: "Read",
};
const phases = Object.keys(phaseLabels) as (keyof TimingsOutput)[];

/** The phases that an attempt reached, in order; none if it was not dialled or is older than their record. */
export function phaseTimes({ timings }: Pick<AttemptOutput, "timings">): Phase[] {
  if (!timings) return [];
  return phases.flatMap((name) => {
    const ms = timings[name];
    return ms === null ? [] : [{ name, label: phaseLabels[name], ms }];
  });
}

/** Whether it was sent on a kept connection. */
export function isReused({ timings }: Pick<AttemptOutput, "timings">): boolean {
  return timings !== null && timings.connectMs === null && timings.waitMs !== null;
}
