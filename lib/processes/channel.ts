import { z } from "zod";
import { deliveriesDue, emailsDue, replaysDue, selfTestDue } from "../platform/signals";

/** PostgreSQL's channel for signals between the processes of an installation. */
export const signalsChannel = "posthorn_signals";

/** The messages on it. Another version may send messages that this one does not know and ignores. */
export const heardSchema = z.object({
  name: z.enum([deliveriesDue, replaysDue, emailsDue, selfTestDue]),
  /** When its function should start, in milliseconds since 1970. */
  ts: z.number().optional(),
  /** The process that sent it. */
  from: z.string(),
});
export type Heard = z.infer<typeof heardSchema>;
