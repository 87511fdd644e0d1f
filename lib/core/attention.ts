import { isRule, type KnownCause } from "./describe-cause";
import { backsOff } from "./endpoint-state";
import type { endpointStatuses } from "./endpoints";

/** Why a webhook needs attention, the worst first. */
export const problems = ["disabled_by_rule", "backs_off", "failing", "holds_events", "low_rate"] as const;
export type Problem = (typeof problems)[number];

/** What to do about it. */
export const nextSteps = ["enable", "try_now", "show_failures", "decide_held"] as const;
export const nextStepOf: Record<Problem, (typeof nextSteps)[number]> = {
  disabled_by_rule: "enable",
  backs_off: "try_now",
  failing: "show_failures",
  holds_events: "decide_held",
  low_rate: "show_failures",
};

/** The success rate, of what was due, below which a webhook needs attention. */
export const rateBad = 0.9;

type Judged = {
  status: (typeof endpointStatuses)[number];
  disabledCause: KnownCause;
  consecutiveFailures: number;
  held: number;
  waiting: { count: number } | null;
  health24h: { successRate: number | null };
};

/** Whether deliveries are tried one at a time while the others wait until one succeeds. */
export const isBackingOff = ({
  status,
  consecutiveFailures,
}: Pick<Judged, "status" | "consecutiveFailures">) => status === "failing" && backsOff(consecutiveFailures);

/**
 * What is wrong with a webhook; `null` if nothing needs to be done. A webhook that a person disabled only counts if
 * it holds events.
 */
export function findProblem(endpoint: Judged): Problem | null {
  const { status, disabledCause, held, health24h } = endpoint;
  if (status === "disabled" && isRule(disabledCause)) return "disabled_by_rule";
  if (status === "failing") return isBackingOff(endpoint) ? "backs_off" : "failing";
  if (held > 0) return "holds_events";
  return status === "enabled" && (health24h.successRate ?? 1) < rateBad ? "low_rate" : null;
}

const stuck = ({ held, waiting }: Judged) => held + (waiting?.count ?? 0);

/** The webhooks with a problem, the worst first: by kind, then by failures in a row, then by what waits or is held. */
export function worstFirst<Endpoint extends Judged>(
  endpoints: readonly Endpoint[],
): { endpoint: Endpoint; problem: Problem }[] {
  const place = (problem: Problem) => problems.indexOf(problem);
  return endpoints
    .flatMap((endpoint) => {
      const problem = findProblem(endpoint);
      return problem ? [{ endpoint, problem }] : [];
    })
    .toSorted(
      (a, b) =>
        place(a.problem) - place(b.problem) ||
        b.endpoint.consecutiveFailures - a.endpoint.consecutiveFailures ||
        stuck(b.endpoint) - stuck(a.endpoint),
    );
}
