import { isLeased } from "./is-leased";

/**
 * SQL: whether a row of the queue is not under way: it was never leased, was given back, or its lease has expired.
 *
 * @param queue the alias of `delivery_queue`
 */
export const isFree = (queue: string) =>
  `((not ${queue}.leased or ${queue}.leased_until < now()) and not ${isLeased(queue)})`;
