import { backsOff } from "./backs-off";

/** Endpoints share the sockets: one delivery of each before a second of any. */
export const fair = {
  /**
   * How many sockets an endpoint may take at most: no more is locked than taken.
   *
   * @param sockets all that are free
   * @param slots the column of those that endpoints could use, of the rows in hand
   */
  share: (sockets: string, slots: string) =>
    `ceil(${sockets}::float8 / greatest(1, count(*) filter (where ${slots} > 0) over ()))`,
  /** Which of its endpoint's deliveries one is, from 1; the first of all endpoints come before the second of any. */
  turn: (delivery: string) =>
    `row_number() over (partition by ${delivery}.endpoint_id order by ${delivery}.due_at, ${delivery}.delivery_id)`,
};

/** An endpoint that backs off has one delivery tried at a time, from the time of its next probe on. */
export const probe = {
  /** Whether an endpoint takes part: it does not back off, or its probe is due and none is under way. */
  isReady: (state: string) => `(not ${backsOff(state)}
    or ${state}.next_probe_at <= now() and (${state}.probe_until is null or ${state}.probe_until < now()))`,
  /** @param endpoint has the columns `probes`, and `slots` as they would be otherwise */
  slots: (endpoint: string) => `case when ${endpoint}.probes then 1 else ${endpoint}.slots end`,
};

/** Sockets that an endpoint may use: its concurrency, less while it recovers, without what it has under way. */
export const concurrency = {
  slots: (state: string, underWay: string) =>
    `least(${state}.concurrency, coalesce(${state}.slow_start, ${state}.concurrency)) - ${underWay}`,
};

/** A token bucket, which holds a second's worth. */
export const rateLimit = {
  /** How many attempts are allowed by now, as a fraction; `null` without a limit. */
  allowed: (state: string, endpoint: string) => `least(${endpoint}.rate_limit,
    coalesce(${state}.rate_tokens, ${endpoint}.rate_limit)
      + ${endpoint}.rate_limit * greatest(0, coalesce(extract(epoch from now() - ${state}.rate_at)::float8, 0)))`,
  /** When the next whole one is. */
  nextAt: (endpoint: string) =>
    `now() + make_interval(secs => (1 - ${endpoint}.allowed) / ${endpoint}.rate_limit)`,
};
