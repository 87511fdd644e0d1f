import { backoffFailures } from "../../lib/core/endpoint-state";

/**
 * SQL: whether an endpoint backs off, so that it gets one probe at a time and nothing else in its turn.
 *
 * @param state the alias of `endpoint_states`
 */
export const backsOff = (state: string) => `${state}.consecutive_failures >= ${backoffFailures}`;
