import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";

/** Downloads a delivery with its attempts, as returned by the API, as `dlv_….json`. */
export function downloadDelivery(delivery: DeliveryDetailOutput): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(delivery, null, 2)}\n`], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = `${delivery.id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
