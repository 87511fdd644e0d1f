/** SQL that gives a row of `delivery_queue` back to whoever claims next. */
export const noLease = "leased = false, token = null, leased_until = null, leased_by = null";
