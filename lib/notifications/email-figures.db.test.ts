import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { formatRate } from "../core/format-rate";
import { closeAgent } from "../delivery/http-client/agent";
import { testEndpoint } from "../endpoints/test-endpoint";
import { drain } from "../testing/drain";
import { answerWith } from "../testing/test-receiver.mjs";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { writeEmails } from "./write-emails";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** The facts of the email that was written last, by label. */
async function lastEmail(): Promise<Record<string, string>> {
  await writeEmails();
  const [email] = await database().sql<{ body: string }[]>`
    select text as body from emails order by id desc limit 1`;
  const lines = email?.body.matchAll(/^([A-Z][\w ]+): +(.+)$/gm) ?? [];
  return Object.fromEntries([...lines].map(([, label, value]) => [label, value]));
}

const minute = (time: string | null) => {
  const [day, clock] = new Date(time ?? "").toISOString().split("T");
  const named = new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return `${named}, ${clock?.slice(0, 5)} UTC`;
};

test("emails to owners have the figures that the API has of the webhook", async () => {
  const { ctx } = workspace;
  const hook = await addTestWebhook(workspace, "emails.figures");
  await hook.publish(3);
  await drain();
  hook.receiver.answer = answerWith(500);
  await testEndpoint({ ctx, id: hook.id, input: { type: "emails.figures", data: {} } });
  await hook.publish(9);
  await drain();

  const failing = await hook.shown();
  const { waiting, health24h } = failing;
  expect(failing).toMatchObject({ status: "failing", waiting: { count: 9 }, health24h: { due: 12 } });
  expect(failing.lastDeliveryAt).not.toBe(failing.lastSuccessAt);
  expect(await lastEmail()).toMatchObject({
    "Last attempt": minute(failing.lastDeliveryAt),
    "Last success": minute(failing.lastSuccessAt),
    "In 24 hours": `${formatRate(health24h.successRate ?? 0)} of ${health24h.due} events delivered`,
    Waiting: `${waiting?.count} events, the oldest since ${minute(waiting?.oldestAt ?? null)}`,
  });

  hook.receiver.answer = answerWith(410);
  await database().sql`update delivery_queue set due_at = now() where endpoint_id = ${hook.uuid}`;
  await database().sql`update endpoint_states set next_probe_at = now() where endpoint_id = ${hook.uuid}`;
  await drain();
  const disabled = await hook.shown();
  expect(disabled).toMatchObject({ status: "disabled", waiting: null });
  expect(disabled.held).toBeGreaterThan(0);
  const email = await lastEmail();
  expect(email).toMatchObject({
    "Last success": minute(disabled.lastSuccessAt),
    Held: `${disabled.held} events`,
  });
  expect(email).not.toHaveProperty("Waiting");
});
