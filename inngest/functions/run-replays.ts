import type { Inngest } from "inngest";
import { runReplays as workOnReplays } from "@/lib/replays/run-replays";
import { replaysDue } from "../events";

/**
 * Works on the jobs that replay or discard, for 20 seconds at most, and passes on to a run of its own when one of them
 * is to go on.
 *
 * A job is locked for each of its chunks, so runs may overlap; a second one in the same process only wakes the first.
 * Not a step: a run is one request, and what it has done is in the tables.
 */
export function runReplays(client: Inngest) {
  return client.createFunction(
    {
      id: "run-replays",
      triggers: [replaysDue],
      retries: 2,
      concurrency: 4,
      // A run may last 20 s; nothing in it is worth saving in between.
      checkpointing: false,
    },
    async () => {
      const { handled, more } = await workOnReplays();
      if (more) await client.send(replaysDue.create({}));
      return { handled, more };
    },
  );
}
