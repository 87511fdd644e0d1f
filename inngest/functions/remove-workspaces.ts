import type { Inngest } from "inngest";
import { removeDeleted } from "@/lib/workspaces/remove-deleted";

/** Every minute: the next run continues where this one stops. */
export function removeWorkspaces(client: Inngest) {
  return client.createFunction(
    { id: "remove-workspaces", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
    () => removeDeleted(),
  );
}
