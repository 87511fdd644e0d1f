/** No generation of an endpoint gets there. */
const everyGeneration = 2_147_483_647;

/**
 * SQL of how many deliveries of an endpoint are held (see `isHeld`), read from indexes alone, for there may be very many: those of
 * its generations that are held, less those that are tests, or have ended and are sent once more.
 *
 * @param aliases of `endpoint_states` and `endpoints`
 */
export function countHeldOf({ state, endpoint }: { state: string; endpoint: string }): string {
  const generations = `case when ${state}.disabled_at is null then ${endpoint}.generation else ${everyGeneration} end`;
  const own = `q.endpoint_id = ${endpoint}.id and q.generation < ${generations}`;
  return `(
    (select count(*) from delivery_queue q where ${own} and q.leased in (false, true))
    - (select count(*) from delivery_queue q where ${own} and (not q.pending or q.test)))`;
}
