import { eventType } from "inngest";

/** Deliveries are due, or will be at the event's `ts`. Carries nothing: the drain asks the tables. */
export const deliveriesDue = eventType("posthorn/deliveries.due");

/** A job that replays or discards may go on. Carries nothing either. */
export const replaysDue = eventType("posthorn/replays.due");

/** Emails are to be written or sent. Carries nothing either. */
export const emailsDue = eventType("posthorn/emails.due");
