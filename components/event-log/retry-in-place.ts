import type { QueryClient } from "@tanstack/react-query";
import { logListsKey, patchDelivery, storeDelivery, unanswered } from "@/components/data/delivery-cache";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const times = (count: number, milliseconds: number) => Array.from({ length: count }, () => milliseconds);

/** When the result is looked for: often at first, then until the receiver must have timed out. */
const looksMs = [...times(20, 50), ...times(10, 200), ...times(60, 500)];

/**
 * Requests one attempt of a delivery now. Sheet and row say *Sending…* at once, and change in place when there is a
 * result.
 *
 * @returns the delivery after the attempt; `null` if there was no result in time
 * @throws the API's refusal
 */
export async function retryInPlace(
  client: QueryClient,
  workspace: string,
  id: string,
): Promise<DeliveryDetailOutput | null> {
  const one = { workspace, params: { id } };
  await client.cancelQueries({ queryKey: queryKeys.deliveries(workspace) });
  unanswered.add(id);
  patchDelivery(client, workspace, id, { inFlight: true });
  try {
    const asked = await callApi("POST /deliveries/{id}/retry", { ...one, body: {} }).finally(() =>
      unanswered.delete(id),
    );
    patchDelivery(client, workspace, id, asked);
  } catch (error) {
    await client.invalidateQueries({ queryKey: queryKeys.deliveries(workspace) });
    throw error;
  }
  let result: DeliveryDetailOutput | null = null;
  for (const milliseconds of looksMs) {
    await pause(milliseconds);
    const detail = await callApi("GET /deliveries/{id}", one).catch(() => null);
    if (!detail) continue;
    // Requests of sheet and log that are still under way may return older data after this result.
    if (!detail.inFlight) await client.cancelQueries({ queryKey: queryKeys.deliveries(workspace) });
    storeDelivery(client, workspace, detail);
    if (detail.inFlight) continue;
    result = detail;
    break;
  }
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.endpoints(workspace) }),
    client.invalidateQueries({ queryKey: logListsKey(workspace) }),
  ]);
  return result;
}
