import { backsOff } from "./backs-off";

/** Endpoints share the sockets: each gets one delivery before any gets a second. */
export const fair = {
  /**
   * The most sockets that an endpoint may take, so that no more rows are locked than taken.
   *
   * @param sockets all free sockets
   * @param slots the column with the number of sockets that each endpoint could use
   */
  share: (sockets: string, slots: string) =>
    `ceil(${sockets}::float8 / greatest(1, count(*) filter (where ${slots} > 0) over ()))`,
  /** A delivery's position among its endpoint's, from 1. The first of every endpoint comes before the second of any. */
  turn: (delivery: string) =>
    `row_number() over (partition by ${delivery}.endpoint_id order by ${delivery}.due_at, ${delivery}.delivery_id)`,
};

/** An endpoint that backs off has one delivery tried at a time, once its next probe is due. */
export const probe = {
  /** Whether an endpoint takes part in the claim: it does not back off, or its probe is due and none is under way. */
  isReady: (state: string) => `(not ${backsOff(state)}
    or ${state}.next_probe_at <= now() and (${state}.probe_until is null or ${state}.probe_until < now()))`,
  /** @param endpoint has the columns `probes`, and `slots` as they would be without backing off */
  slots: (endpoint: string) => `case when ${endpoint}.probes then 1 else ${endpoint}.slots end`,
};

/** The sockets that an endpoint may use: its concurrency, reduced while it recovers, minus its deliveries under way. */
export const concurrency = {
  slots: (state: string, underWay: string) =>
    `least(${state}.concurrency, coalesce(${state}.slow_start, ${state}.concurrency)) - ${underWay}`,
};

/** A token bucket that holds one second's worth. */
export const rateLimit = {
  /** How many attempts are allowed by now, as a fraction; `null` if there is no limit. */
  allowed: (state: string, endpoint: string) => `least(${endpoint}.rate_limit,
    coalesce(${state}.rate_tokens, ${endpoint}.rate_limit)
      + ${endpoint}.rate_limit * greatest(0, coalesce(extract(epoch from now() - ${state}.rate_at)::float8, 0)))`,
  /** When the next whole attempt is allowed. */
  nextAt: (endpoint: string) =>
    `now() + make_interval(secs => (1 - ${endpoint}.allowed) / ${endpoint}.rate_limit)`,
};
