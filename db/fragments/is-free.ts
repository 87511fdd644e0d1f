/**
 * SQL of whether no process is sending a row of the queue: it was never leased, was given back, or its lease has ended.
 *
 * @param queue the alias of `delivery_queue`
 */
export const isFree = (queue: string) => `(not ${queue}.leased or ${queue}.leased_until < now())`;
