import { minuteOfId } from "./time-of-id.mjs";

/**
 * The statement that counts outcomes of deliveries, by endpoint and minute of creation. It must run in the statement,
 * or at least in the transaction, that changes them. Tests and pending deliveries are left out.
 *
 * @param source a table expression with the columns `workspace_id`, `endpoint_id`, `delivery_id`, `test`, `was` (the
 *   status before) and `became` (the status now)
 */
export const insertDeliveryDeltas = (source: string) => `
  insert into delivery_deltas (workspace_id, endpoint_id, minute, succeeded, failed, discarded)
  select workspace_id, endpoint_id, ${minuteOfId("delivery_id")},
    ${gained("succeeded")}, ${gained("failed")}, ${gained("discarded")}
  from ${source} changed where became is distinct from was and became <> 'pending' and not test
  group by 1, 2, 3`;

const gained = (status: string) =>
  `count(*) filter (where became = '${status}') - count(*) filter (where was = '${status}')`;
