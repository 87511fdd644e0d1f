import { sweep } from "@/lib/delivery/sweep";
import { areEmailsDue } from "@/lib/notifications/are-emails-due";
import { reportEngine, signalDue, signalEmails, signalReplays } from "@/lib/platform/signals";
import { areReplaysDue } from "@/lib/replays/are-replays-due";

/** One sweep, whoever it is that runs it: signals for what is due, jobs and emails too, and says when it was. */
export async function sweepNow(): ReturnType<typeof sweep> {
  const result = await sweep();
  if (result.due) signalDue();
  if (await areReplaysDue()) signalReplays();
  if (await areEmailsDue()) signalEmails();
  reportEngine({ lastSweepAt: new Date() });
  return result;
}
