import { type Cause, disableFailures } from "./endpoint-state";

type Described = { cause: Cause["cause"] | null; actorName: string | null };

/** Who or which rule disabled or enabled an endpoint, like `by Ana` or `after 20 failures`; `null` if nothing did. */
export function describeCause({ cause, actorName }: Described): string | null {
  switch (cause) {
    case "failures":
      return `after ${disableFailures} failures`;
    case "gone":
      return "it answered 410 Gone";
    case "api_key":
      return `by API key ${actorName}`;
    case "user":
    case "system":
      return `by ${actorName}`;
    case null:
      return null;
  }
}

/** Whether such a text names a rule, and not who acted. */
export function namesRule(reason: string | null): boolean {
  const rules = ["failures", "gone"] as const;
  return rules.some((cause) => describeCause({ cause, actorName: null }) === reason);
}
