import type { Inngest } from "inngest";
import { removeDeleted } from "@/lib/workspaces/remove-deleted";

/** Every minute: what a run leaves, the next one takes up. */
export function removeWorkspaces(client: Inngest) {
  return client.createFunction(
    { id: "remove-workspaces", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
    () => removeDeleted(),
  );
}
