import type { DeliveryOutput } from "@/lib/contract/deliveries";

/** What the button says that has a delivery attempted now, by a person: a *retry* is what the schedule does. */
export const sendLabel = ({ attempts }: Pick<DeliveryOutput, "attempts">): string =>
  attempts === 0 ? "Send now" : "Send again";
