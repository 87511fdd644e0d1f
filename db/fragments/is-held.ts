/**
 * SQL: whether a row of the queue is held: a pending delivery, not a test, whose webhook is disabled, or that was
 * kept when the webhook was enabled. `coalesce` makes the planner keep the left join of the queue and look up the
 * row, even if it believes that the queue is empty.
 *
 * @param aliases of `delivery_queue`, `endpoint_states` and `endpoints`
 */
export const isHeld = ({ queue, state, endpoint }: { queue: string; state: string; endpoint: string }) =>
  `coalesce(${queue}.pending and not ${queue}.test
    and (${state}.disabled_at is not null or ${queue}.generation < ${endpoint}.generation), false)`;
