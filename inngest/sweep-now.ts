import { sweep } from "@/lib/delivery/sweep";
import { reportEngine, signalDue } from "@/lib/signals";

/** One sweep, whoever it is that runs it: signals for what is due, and says when it was. */
export async function sweepNow(): ReturnType<typeof sweep> {
  const result = await sweep();
  if (result.due) signalDue();
  reportEngine({ lastSweepAt: new Date() });
  return result;
}
