import { type Cause, disableFailures } from "./endpoint-state";

/** What disabled or enabled an endpoint; `null` if nothing did. */
export type KnownCause = { kind: Cause["cause"]; actorName: string | null } | null;

/** The columns as one value: the actor's name only means something together with a cause. */
export const causeFrom = (kind: Cause["cause"] | null, actorName: string | null): KnownCause =>
  kind && { kind, actorName };

/** For example `by Ana`, `after 20 failures` or `it answered 410 Gone`; `null` if there is no cause. */
export function describeCause(cause: KnownCause): string | null {
  switch (cause?.kind) {
    case "failures":
      return `after ${disableFailures} failures`;
    case "gone":
      return "it answered 410 Gone";
    case "api_key":
      return `by API key ${cause.actorName}`;
    case "user":
    case "system":
      return `by ${cause.actorName}`;
    case undefined:
      return null;
  }
}

/** Whether the results of attempts disabled it, rather than an actor. */
export const isRule = (cause: KnownCause): boolean => cause?.kind === "failures" || cause?.kind === "gone";
