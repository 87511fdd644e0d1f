import { eventType } from "inngest";

/** Deliveries are due, or will be at the event's `ts`. Carries nothing: the drain asks the tables. */
export const deliveriesDue = eventType("posthorn/deliveries.due");
