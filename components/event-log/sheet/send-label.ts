import type { DeliveryOutput } from "@/lib/contract/deliveries";

/** The label of the button with which a person sends a delivery now: *retry* means the schedule's attempts. */
export const sendLabel = ({ attempts }: Pick<DeliveryOutput, "attempts">): string =>
  attempts === 0 ? "Send now" : "Send again";
