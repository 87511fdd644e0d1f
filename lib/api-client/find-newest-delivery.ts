import type { DeliveriesFilter, DeliveriesPage, DeliveryOutput } from "../contract/deliveries";
import { callApi } from "./call-api";

/** The most requests that look further back, each for the time that the log allows. */
const looksMax = 5;

export type NewestDelivery = {
  /** `null` if none was found. */
  delivery: DeliveryOutput | null;
  /** RFC 3339, if the search stopped there: there may be an older one. */
  lookedBackTo: string | null;
};

/** The newest delivery that a filter of the log matches. If few match, the search takes several requests. */
export async function findNewestDelivery(
  workspace: string,
  filter: DeliveriesFilter,
  signal: AbortSignal,
): Promise<NewestDelivery> {
  let cursor: string | null = null;
  let lookedBackTo: string | null = null;
  for (let looks = 0; looks < looksMax; looks += 1) {
    const page: DeliveriesPage = await callApi("GET /deliveries", {
      workspace,
      query: { ...filter, limit: 1, cursor },
      signal,
    });
    const [delivery] = page.data;
    if (delivery) return { delivery, lookedBackTo: null };
    ({ nextCursor: cursor, lookedBackTo } = page);
    if (cursor === null) break;
  }
  return { delivery: null, lookedBackTo };
}
