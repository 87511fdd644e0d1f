/**
 * SQL: an endpoint's new place in the order of claims, after its previous one. A concurrent claim that waits for the
 * endpoint then skips it, because it is no longer what that claim saw.
 *
 * @param state the alias of `endpoint_states`
 */
export const nextClaimedAt = (state: string) =>
  `greatest(clock_timestamp(), ${state}.claimed_at + interval '1 millisecond')`;
