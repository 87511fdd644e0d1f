/** SQL that gives a row of `delivery_queue` back, so that the next claim can take it. */
export const resetLease = "leased = false, token = null, leased_until = null, leased_by = null";

/** SQL that clears an endpoint's probe under way. */
export const resetProbe = "probe_token = null, probe_until = null";
