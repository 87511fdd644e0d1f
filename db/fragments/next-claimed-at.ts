/**
 * SQL of an endpoint's new place in the order of claims, later than its last one. A claim that began before, and waits for
 * the endpoint, drops it then: this is no longer what it saw.
 *
 * @param state the alias of `endpoint_states`
 */
export const nextClaimedAt = (state: string) =>
  `greatest(clock_timestamp(), ${state}.claimed_at + interval '1 millisecond')`;
