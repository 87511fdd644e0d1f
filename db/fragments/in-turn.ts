import { isLeased } from "./is-leased";

type Turn = { endpoint: string; generation: string };

/**
 * SQL of whether a row `q` of the queue is in its endpoint's turn, by the columns of `delivery_queue_turn`: one that is
 * held, or that was only asked for out of turn, has another generation or no due time.
 *
 * @param of expressions of the endpoint's id and generation
 */
export const inTurn = ({ endpoint, generation }: Turn, { leased }: { leased: boolean }) =>
  `q.endpoint_id = ${endpoint} and q.leased = ${leased} and q.generation = ${generation}`;

/** SQL of the earliest due time, past or to come, among what of an endpoint is free: `due_at` of one row at most. */
export const firstDue = (of: Turn) => `
  select q.due_at from delivery_queue q
  where ${inTurn(of, { leased: false })} and q.due_at is not null and not ${isLeased("q")}
  order by q.due_at limit 1`;
