import { eventType } from "inngest";
import * as signals from "@/lib/platform/signals";

export const deliveriesDue = eventType(signals.deliveriesDue);
export const replaysDue = eventType(signals.replaysDue);
export const emailsDue = eventType(signals.emailsDue);
export const selfTestDue = eventType(signals.selfTestDue);
