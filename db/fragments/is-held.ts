/**
 * SQL of whether a row of the queue is held: a pending delivery, no test, whose webhook is disabled, or which was left for
 * later when the webhook was enabled. `coalesce`: so that the planner keeps a left join of the queue as it is, and looks
 * up the row, even if it believes the queue to be empty.
 *
 * @param aliases of `delivery_queue`, `endpoint_states` and `endpoints`
 */
export const isHeld = ({ queue, state, endpoint }: { queue: string; state: string; endpoint: string }) =>
  `coalesce(${queue}.pending and not ${queue}.test
    and (${state}.disabled_at is not null or ${queue}.generation < ${endpoint}.generation), false)`;
