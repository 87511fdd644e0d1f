import { sweep } from "@/lib/delivery/sweep";
import { areReplaysDue } from "@/lib/replays/are-replays-due";
import { reportEngine, signalDue, signalReplays } from "@/lib/signals";

/** One sweep, whoever it is that runs it: signals for what is due, jobs too, and says when it was. */
export async function sweepNow(): ReturnType<typeof sweep> {
  const result = await sweep();
  if (result.due) signalDue();
  if (await areReplaysDue()) signalReplays();
  reportEngine({ lastSweepAt: new Date() });
  return result;
}
