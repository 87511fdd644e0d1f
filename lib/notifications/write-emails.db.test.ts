import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { insertUser } from "@/db/queries/users";
import { insertMembership } from "@/db/queries/workspaces";
import { newId } from "../core/ids";
import type { Role } from "../core/roles";
import { closeAgent } from "../delivery/http-client/agent";
import { drainDue } from "../delivery/worker/drain";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { answerWith } from "../testing/test-receiver.mjs";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { sendEmails } from "./send-emails";
import { writeEmails } from "./write-emails";

let workspace: TestWorkspace;

beforeAll(async () => {
  // A day of the schedule takes a few milliseconds.
  workspace = await createTestWorkspace({ POSTHORN_RETRY_SCALE: "0.0000001" });
  await addPerson("owner", "bo@example.com");
  await addPerson("developer", "member@example.com");
  await addPerson("viewer", "viewer@example.com");
});
afterEach(async () => {
  await database().sql`truncate emails, endpoint_transitions`;
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

async function addPerson(role: Role, email: string): Promise<void> {
  const { db } = database();
  const id = newId();
  await insertUser(db, { id, email, name: role, passwordHash: "-" });
  await insertMembership(db, { workspaceId: workspace.ctx.workspace.id, userId: id, role });
}

async function addBilling(type: string) {
  const webhook = await addTestWebhook(workspace, type);
  await database().sql`update endpoints set name = 'Billing' where id = ${webhook.uuid}`;
  return webhook;
}

/** A webhook with an event on its way, which fails that often before it succeeds; by default never. */
async function failing(type: string, { times = Number.POSITIVE_INFINITY } = {}) {
  const webhook = await addBilling(type);
  let failures = 0;
  webhook.receiver.answer = (response) => {
    failures += 1;
    answerWith(failures > times ? 200 : 500)(response);
  };
  await webhook.publish(1);
  return webhook;
}

const drainUntil = async (kind: string) => {
  const { sql } = database();
  await expect
    .poll(
      async () => {
        await drainDue({ idleWaitMs: 100 });
        return (await sql`select kind from endpoint_transitions`).map((row) => row.kind);
      },
      { timeout: 25_000, interval: 10 },
    )
    .toContain(kind);
};

async function written(): Promise<[recipient: string, subject: string, status: string][]> {
  const rows = await database().sql<{ recipient: string; subject: string; status: string }[]>`
    select recipient, subject, status from emails order by recipient, id`;
  return rows.map((row) => [row.recipient, row.subject, row.status]);
}

const bothOwners = (...subjects: string[]) =>
  ["ana@example.com", "bo@example.com"].flatMap((owner) =>
    subjects.map((subject) => [owner, subject, "kept"]),
  );

test("a streak of 20 failures notifies each owner four times and nobody else, whichever processes check at once", async () => {
  const { receiver } = await failing("emails.streak");
  await drainUntil("disabled");
  expect(receiver.ids).toHaveLength(20);
  await Promise.all(Array.from({ length: 8 }, () => writeEmails()));
  await Promise.all([writeEmails(), sendEmails()]);
  expect(await written()).toEqual(
    bothOwners(
      "Webhook “Billing” is failing: 5 failures in a row",
      "Webhook “Billing” is still failing: 10 failures in a row",
      "Webhook “Billing” is still failing: 15 failures in a row",
      "Webhook “Billing” was disabled after 20 failures in a row",
    ),
  );
});

test("each streak notifies again, and so does its end if its failures did", async () => {
  const webhook = await failing("emails.twice", { times: 6 });
  await drainUntil("recovered");
  await writeEmails();
  const first = bothOwners(
    "Webhook “Billing” is failing: 5 failures in a row",
    "Webhook “Billing” works again",
  );
  expect(await written()).toEqual(first);

  webhook.receiver.answer = answerWith(500);
  await webhook.publish(1);
  await drainUntil("threshold");
  await writeEmails();
  const second = (await written()).filter(([owner]) => owner === "ana@example.com").slice(2);
  expect(second.map(([, subject]) => subject).slice(0, 2)).toEqual([
    "Webhook “Billing” is failing: 5 failures in a row",
    "Webhook “Billing” is still failing: 10 failures in a row",
  ]);
});

test("four failures notify nobody, and neither does a success after them", async () => {
  await failing("emails.four", { times: 4 });
  await expect
    .poll(async () => {
      await drainDue({ idleWaitMs: 100 });
      return (
        await database()
          .sql`select 1 from delivery_log where listed and status = 'succeeded' and type = 'emails.four'`
      ).length;
    })
    .toBe(1);
  await writeEmails();
  expect(await written()).toEqual([]);
});

test("the end of a streak that notified nobody notifies nobody", async () => {
  await failing("emails.before", { times: 6 });
  await drainUntil("recovered");
  // As the migration leaves what happened before there were emails.
  await database().sql`update endpoint_transitions set notified = true where kind = 'failing'`;
  await writeEmails();
  expect(await written()).toEqual([]);
});

test("the email after a 410 says why the webhook was disabled", async () => {
  const webhook = await addBilling("emails.gone");
  webhook.receiver.answer = answerWith(410);
  await webhook.publish(1);
  await drainUntil("disabled");
  await writeEmails();
  expect(await written()).toEqual(bothOwners("Webhook “Billing” was disabled: it answered 410 Gone"));
});

test("what a person does to a webhook notifies nobody", async () => {
  const webhook = await addBilling("emails.person");
  await webhook.disable();
  await webhook.enable("replay");
  await writeEmails();
  expect(await database().sql`select 1 from endpoint_transitions`).toHaveLength(2);
  expect(await database().sql`select 1 from endpoint_transitions where not notified`).toHaveLength(0);
  expect(await written()).toEqual([]);
});

test("of a webhook that was deleted before its email was written nobody hears", async () => {
  const webhook = await failing("emails.deleted");
  await drainUntil("failing");
  await deleteEndpoint({ ctx: workspace.ctx, id: webhook.id });
  await writeEmails();
  expect(await written()).toEqual([]);
});
