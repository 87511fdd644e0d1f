/**
 * SQL: whether a row of the queue was claimed in turn by a process that is sending it (see `delivery_leases`). It is
 * a subquery of one value, which the planner cannot turn into a join that reads the whole queue.
 *
 * @param queue the alias of `delivery_queue`
 */
export const isLeased = (queue: string) => `((
  select true from delivery_leases l where l.endpoint_id = ${queue}.endpoint_id
    and ${queue}.delivery_id = any(l.deliveries) and l.leased_until > now() limit 1) is not null)`;
