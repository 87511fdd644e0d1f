/** SQL that gives a row of `delivery_queue` back, for the next claim. */
export const resetLease = "leased = false, token = null, leased_until = null, leased_by = null";

/** SQL that has no delivery of an endpoint under way as its probe. */
export const resetProbe = "probe_token = null, probe_until = null";
