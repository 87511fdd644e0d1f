/** Webhooks a workspace may have, unless its setting says otherwise. */
export const endpointLimitDefault = 10;
export const endpointLimitMax = 100_000;
/** Days that events, deliveries and attempts are kept. */
export const retentionDaysDefault = 30;
