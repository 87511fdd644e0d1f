import type { Inngest } from "inngest";
import { runReplays as run } from "@/lib/replays/run-replays";
import { replaysDue } from "../events";

/** When a job that replays or discards may continue. */
export function runReplays(client: Inngest) {
  return client.createFunction(
    { id: "run-replays", triggers: [replaysDue], retries: 2, concurrency: 4 },
    () => run(),
  );
}
