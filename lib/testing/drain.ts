import { drainDue } from "../delivery/worker/drain";

/** Delivers until nothing is due: how briefly a drain waits idle does not decide what is sent. */
export async function drain(): Promise<void> {
  while ((await drainDue({ idleWaitMs: 100 })).more);
}
