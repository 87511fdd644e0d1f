/**
 * SQL of whether a row of the queue is among what some process took in turn and is sending (see `delivery_leases`). A
 * subquery of one value, which the planner cannot turn into a join that reads all of the queue.
 *
 * @param queue the alias of `delivery_queue`
 */
export const isLeased = (queue: string) => `((
  select true from delivery_leases l where l.endpoint_id = ${queue}.endpoint_id
    and ${queue}.delivery_id = any(l.deliveries) and l.leased_until > now() limit 1) is not null)`;
