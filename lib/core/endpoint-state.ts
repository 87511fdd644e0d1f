import { type AttemptError, type AttemptTrigger, hasWordedDetail } from "./deliveries";

/** From this many failures in a row on an endpoint backs off: it is sent one probe at a time. */
export const backoffFailures = 5;
/** Failures in a row at which owners are notified. */
export const failureThresholds = [5, 10, 15] as const;
/** Failures in a row that disable an endpoint. */
export const disableFailures = 20;

/** `failing`: it backs off now; `threshold`: it goes on failing. */
export const endpointTransitionKinds = ["failing", "threshold", "disabled", "recovered", "enabled"] as const;
export type EndpointTransitionKind = (typeof endpointTransitionKinds)[number];

/** Who or what disables or enables an endpoint: `failures`: the 20th in a row; `gone`: a 410; the others are actors. */
export const causes = ["user", "api_key", "system", "failures", "gone"] as const;
/** The actor's name at that time; both are `null` if there was no actor. */
export type Cause = { cause: (typeof causes)[number]; actorId: string | null; actorName: string | null };

/** What the delivery engine knows about an endpoint. Times are by the database's clock. */
export type EndpointState = {
  /** Failures in a row. */
  consecutiveFailures: number;
  failingSince: Date | null;
  lastFailureAt: Date | null;
  lastFailureStatus: number | null;
  lastFailureError: AttemptError | null;
  /** In words, for errors that have several kinds of faults. */
  lastFailureDetail: string | null;
  /** While it backs off: the earliest time of the next probe. */
  nextProbeAt: Date | null;
  /** While the next probe is one that a user asked for: when it would be due otherwise. */
  scheduledProbeAt: Date | null;
  /** The token of the delivery that is sent as a probe, and the end of its lease. */
  probeToken: string | null;
  probeUntil: Date | null;
  /** Concurrent requests while it recovers; `null` if `concurrency` applies. */
  slowStart: number | null;
  concurrency: number;
  disabledAt: Date | null;
  /** `null` while it is enabled. */
  disabledCause: Cause["cause"] | null;
  disabledActorName: string | null;
};

/** A finished attempt that was not a test. */
export type EndpointResult = {
  trigger: Exclude<AttemptTrigger, "test">;
  /** The token of the attempt's lease. */
  token: string;
  succeeded: boolean;
  endedAt: Date;
  httpStatus: number | null;
  error: AttemptError | null;
  errorDetail: string | null;
  /** The receiver asked for no requests until then. */
  retryAfter: Date | null;
};

/** Changes of a state, which emails, the timeline and banners read. */
export type EndpointTransition = {
  kind: (typeof endpointTransitionKinds)[number];
  consecutiveFailures: number;
  httpStatus: number | null;
  error: AttemptError | null;
  /** `null` if the kind says it. */
  by: Cause | null;
};

export type StateChange = { state: EndpointState; transitions: EndpointTransition[] };

/**
 * What the results of attempts make of an endpoint's state. Pure: what it says is written only if the state is
 * still the same.
 *
 * | state                           | a success              | an automatic failure             | its probe's failure        |
 * | ------------------------------- | ---------------------- | -------------------------------- | -------------------------- |
 * | healthy: 0 failures             | -                      | failing                          | -                          |
 * | failing: 1 to 4 in a row        | healthy                | + 1; the 5th: backs off, notifies | -                         |
 * | backs off: 5 to 19 in a row     | recovers, notifies     | -                                | + 1; notifies at 10, 15;   |
 * |                                 |                        |                                  | the 20th: disabled         |
 * | recovers: 0, with slow start    | more requests at a     | failing, slow start starts over  | -                          |
 * |                                 | time, at last healthy  |                                  |                            |
 * | disabled                        | counted as above, and not recorded                                                     |
 *
 * - A 410 disables from any state, whatever asked for the attempt.
 * - Failures of manual retries, replays and probes that a user asked for do not count; their success does. After such a
 *   probe, the next one is due when it would have been without it.
 * - Up to 5 all automatic failures count, and the count stops at 5 however many fail at once. From 5 on only the failure
 *   of the probe whose token is the state's counts, so that a short outage of a busy endpoint cannot disable it.
 * - The results of one call ended within a moment: failures between two successes are not a streak, and a success among
 *   them keeps a threshold from being reached.
 *
 * @param results in the order in which they ended, by this process's clock
 * @param options.delayMs before probe 1, 2, …, from the failure before it on
 * @param options.skewMs what the database's clock is ahead of this process's
 * @returns the next state, and its transitions, in this order
 */
export function transition(
  state: EndpointState,
  results: EndpointResult[],
  options: { now: Date; delayMs: (probe: number) => number; skewMs: number },
): StateChange {
  const { consecutiveFailures: was, disabledAt } = state;
  const successes = results.filter((one) => one.succeeded).length;
  const lastSuccess = results.findLastIndex((one) => one.succeeded);
  const streak = results.slice(lastSuccess + 1);
  const gone = results.some(isGone);
  const failure = results.findLast(isNoted);

  const peak = peakOf(state, results);
  const becomes = successes > 0 ? Math.min(backoffFailures, streak.filter(counts).length) : peak;
  const isMoved = successes > 0 || becomes !== was;
  const recovers = successes > 0 && peak >= backoffFailures;
  const isAskedFailure = successes === 0 && results.some((one) => isAskedProbe(state, one));
  const isUsedUp = successes === 0 && was < disableFailures && peak >= disableFailures;
  const disables = !disabledAt && (gone || isUsedUp);
  const by: Cause = { cause: gone ? "gone" : "failures", actorId: null, actorName: null };

  let { failingSince, nextProbeAt, scheduledProbeAt } = state;
  if (becomes === 0) failingSince = null;
  else if (was === 0 || successes > 0) failingSince = streak.find(isNoted)?.endedAt ?? null;
  if (!backsOff(becomes)) nextProbeAt = null;
  else if (isMoved) nextProbeAt = nextProbeAfter(becomes, results, options);
  else if (isAskedFailure) nextProbeAt = laterOf(scheduledProbeAt, results, options.skewMs);
  if (isMoved || isAskedFailure) scheduledProbeAt = null;

  const happened: [EndpointTransition["kind"], failures: number, by: Cause | null, boolean][] = [
    ["failing", backoffFailures, null, was < backoffFailures && peak >= backoffFailures],
    ["threshold", peak, null, successes === 0 && peak > was && isThreshold(peak)],
    ["recovered", 0, null, recovers],
    ["failing", backoffFailures, null, successes > 0 && becomes >= backoffFailures],
    ["disabled", becomes, by, disables],
  ];
  return {
    state: {
      ...state,
      consecutiveFailures: becomes,
      failingSince,
      ...(failure && {
        lastFailureAt: failure.endedAt,
        lastFailureStatus: failure.httpStatus,
        lastFailureError: failure.error,
        lastFailureDetail: failure.error && hasWordedDetail(failure.error) ? failure.errorDetail : null,
      }),
      nextProbeAt,
      scheduledProbeAt,
      ...((isMoved || isAskedFailure) && { probeToken: null, probeUntil: null }),
      slowStart: recovers ? 1 : slowStartAfter(state, successes),
      ...(disables && { disabledAt: options.now, disabledCause: by.cause }),
    },
    transitions: happened
      .filter(([, , , isSo]) => isSo && !disabledAt)
      .map(([kind, consecutiveFailures, by]) => ({
        kind,
        consecutiveFailures,
        httpStatus: failure?.httpStatus ?? null,
        error: failure?.error ?? null,
        by,
      })),
  };
}

/** The failure count before a success among the results, if there is one. */
function peakOf(state: EndpointState, results: EndpointResult[]): number {
  const { consecutiveFailures, scheduledProbeAt } = state;
  if (consecutiveFailures >= backoffFailures) {
    const failed = scheduledProbeAt === null && results.some((one) => isFailedProbe(state, one));
    return consecutiveFailures + (failed ? 1 : 0);
  }
  const firstSuccess = results.findIndex((one) => one.succeeded);
  const before = firstSuccess === -1 ? results : results.slice(0, firstSuccess);
  return Math.min(backoffFailures, consecutiveFailures + before.filter(counts).length);
}

const isFailedProbe = ({ probeToken }: EndpointState, one: EndpointResult) =>
  one.trigger === "probe" && one.token === probeToken && !one.succeeded;
const isAskedProbe = (state: EndpointState, one: EndpointResult) =>
  backsOff(state.consecutiveFailures) && state.scheduledProbeAt !== null && isFailedProbe(state, one);

/** The time of the schedule, or later if the receiver asked for it. Times of results are by this process's clock. */
function laterOf(scheduled: Date | null, results: EndpointResult[], skewMs: number): Date {
  const askedMs = results.map((one) => (one.retryAfter ? one.retryAfter.getTime() + skewMs : 0));
  return new Date(Math.max(scheduled?.getTime() ?? 0, ...askedMs));
}

/** The schedule's delay after the last failure, or later if the receiver asked for it. */
function nextProbeAfter(
  failures: number,
  results: EndpointResult[],
  { delayMs, skewMs }: { delayMs: (probe: number) => number; skewMs: number },
): Date {
  const lastFailureMs = results.findLast(isNoted)?.endedAt.getTime() ?? 0;
  const askedMs = results.map((one) => (one.succeeded ? 0 : (one.retryAfter?.getTime() ?? 0)));
  const scheduledMs = lastFailureMs + delayMs(failures - backoffFailures + 1);
  return new Date(Math.max(scheduledMs, ...askedMs) + skewMs);
}

/**
 * Slow start: each success allows one more concurrent request, which doubles them each round; a failure starts over.
 */
function slowStartAfter({ slowStart, concurrency }: EndpointState, successes: number): number | null {
  if (slowStart === null) return null;
  if (successes === 0) return 1;
  return slowStart + successes >= concurrency ? null : slowStart + successes;
}

const isGone = (one: EndpointResult) => one.httpStatus === 410;
const counts = (one: EndpointResult) =>
  !one.succeeded && (one.trigger === "automatic" || one.trigger === "probe");
const isNoted = (one: EndpointResult) => counts(one) || isGone(one);
const isThreshold = (failures: number) =>
  failures > backoffFailures && failureThresholds.some((one) => one === failures);

/** A person disables an endpoint. A disabled one stays unchanged. */
export function disable(state: EndpointState, by: Cause, now: Date): StateChange {
  if (state.disabledAt) return { state, transitions: [] };
  const { consecutiveFailures } = state;
  return {
    state: { ...state, disabledAt: now, disabledCause: by.cause, disabledActorName: by.actorName },
    transitions: [{ kind: "disabled", consecutiveFailures, httpStatus: null, error: null, by }],
  };
}

/** A person enables an endpoint: its failures are reset, and it starts slowly. An enabled one stays unchanged. */
export function enable(state: EndpointState, by: Cause): StateChange {
  if (!state.disabledAt) return { state, transitions: [] };
  return {
    state: {
      ...state,
      consecutiveFailures: 0,
      failingSince: null,
      nextProbeAt: null,
      scheduledProbeAt: null,
      probeToken: null,
      probeUntil: null,
      slowStart: 1,
      disabledAt: null,
      disabledCause: null,
      disabledActorName: null,
    },
    transitions: [{ kind: "enabled", consecutiveFailures: 0, httpStatus: null, error: null, by }],
  };
}

/** Whether an endpoint with this many failures in a row gets one probe at a time. */
export const backsOff = (consecutiveFailures: number) => consecutiveFailures >= backoffFailures;

/** How many more failed probes disable it. */
export const probesLeft = (consecutiveFailures: number) => disableFailures - consecutiveFailures;
