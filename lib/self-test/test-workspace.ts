import type { Database } from "@/db/connection/client";
import { insertEndpoint } from "@/db/queries/endpoints";
import { insertEventTypes } from "@/db/queries/event-types";
import { insertWorkspace } from "@/db/queries/workspaces";
import { newId } from "../core/ids";
import { selfTestUrl } from "../delivery/self-test-receiver";
import { newSecret } from "../endpoints/new-secret";

/** How many webhooks a test delivers to. */
export const webhooks = 5;
/** The event type that all of them subscribe to, and that of each. */
export const typeOfAll = "self_test.all";
export const typeOfOne = (webhook: number) => `self_test.webhook_${webhook}`;

/** Creates the workspace of a test, without members, with webhooks that lead to the processes' own receivers. */
export async function makeTestWorkspace(
  db: Database,
  { selfTestId, workspaceId }: { selfTestId: string; workspaceId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await insertWorkspace(tx, { id: workspaceId, slug: `self-test-${selfTestId}`, name: "Self-test" });
    const types = [typeOfAll, ...Array.from({ length: webhooks }, (_, webhook) => typeOfOne(webhook))];
    // Otherwise their first events would add them, which would be written to the audit log.
    await insertEventTypes(
      tx,
      types.map((name) => ({ workspaceId, name, example: "{}" })),
    );
    for (let webhook = 0; webhook < webhooks; webhook += 1) {
      const id = newId();
      await insertEndpoint(tx, {
        endpoint: {
          id,
          workspaceId,
          url: selfTestUrl(selfTestId),
          name: `Self-test ${webhook + 1}`,
          eventTypes: [typeOfAll, typeOfOne(webhook)],
          signature: "hmac",
          headers: {},
        },
        secret: newSecret(id, "hmac", undefined),
      });
    }
  });
}
