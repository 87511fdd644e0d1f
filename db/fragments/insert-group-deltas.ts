import { fiveMinutesOfId } from "./time-of-id.mjs";

/**
 * The statement that counts which deliveries have come into failure groups or left them, by type and creation. It belongs
 * into the statement, or at least the transaction, that changes them.
 *
 * @param source a table expression with the columns `workspace_id`, `delivery_id`, `type`, `was_group` (the group before)
 *   and `became_group` (the group now), each `null` for none
 */
export const insertGroupDeltas = (source: string) => `
  insert into failure_group_deltas (workspace_id, group_id, type, bucket, n)
  select changed.workspace_id, g.id, changed.type, ${fiveMinutesOfId("changed.delivery_id")}, sum(g.n)
  from ${source} changed cross join lateral (values (was_group, -1), (became_group, 1)) g(id, n)
  where was_group is distinct from became_group and g.id is not null
  group by 1, 2, 3, 4`;

/**
 * The same for deliveries that will not be sent again.
 *
 * @param source a table expression with rows deleted from `delivery_queue`
 */
export const leaveGroups = (source: string) =>
  insertGroupDeltas(`(
    select workspace_id, delivery_id, type, failure_group_id as was_group, null::uuid as became_group
    from ${source} removed where pending and failure_group_id is not null
  )`);
