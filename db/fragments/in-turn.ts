import { isLeased } from "./is-leased";

type Turn = { endpoint: string; generation: string };

/**
 * SQL: whether a row `q` of the queue is in its endpoint's turn, by the columns of `delivery_queue_turn`. A held row,
 * or one that was only requested out of turn, has another generation or no due time.
 *
 * @param of expressions of the endpoint's id and generation
 */
export const inTurn = ({ endpoint, generation }: Turn, { leased }: { leased: boolean }) =>
  `q.endpoint_id = ${endpoint} and q.leased = ${leased} and q.generation = ${generation}`;

/** SQL: the earliest due time, past or future, among an endpoint's free rows: `due_at` of at most one row. */
export const firstDue = (of: Turn) => `
  select q.due_at from delivery_queue q
  where ${inTurn(of, { leased: false })} and q.due_at is not null and not ${isLeased("q")}
  order by q.due_at limit 1`;
