import type { DeliveriesQuery, DeliveryDetailOutput, DeliveryOutput } from "../contract/deliveries";
import type { Page } from "../contract/shared";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/deliveries";

export type DeliveriesFilter = Partial<DeliveriesQuery>;

export function listDeliveries(
  workspace: string,
  filter: DeliveriesFilter,
  signal?: AbortSignal,
): Promise<Page<DeliveryOutput>> {
  return apiFetch(path, { workspace, query: filter, signal });
}

export function getDelivery(
  workspace: string,
  id: string,
  signal?: AbortSignal,
): Promise<DeliveryDetailOutput> {
  return apiFetch(`${path}/${id}`, { workspace, signal });
}

/** Asks for one attempt now, and returns at once: the delivery is then in flight. */
export function retryDelivery(workspace: string, id: string): Promise<DeliveryOutput> {
  return apiFetch(`${path}/${id}/retry`, { workspace, method: "POST", body: {} });
}
