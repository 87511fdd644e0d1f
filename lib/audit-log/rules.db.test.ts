import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { createPartitions } from "@/db/queries/create-partitions";
import { findRetentions } from "@/db/queries/remove-past-retention";
import { isAuditAction, ruleNames } from "../core/audit";
import { fromPublicId } from "../core/ids";
import { closeAgent } from "../delivery/http-client/agent";
import { applyRetention } from "../maintenance/apply-retention";
import { drain } from "../testing/drain";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { removeDeleted } from "../workspaces/remove-deleted";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace({ POSTHORN_LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

const dayMs = 24 * 3_600_000;

type Row = { action: string; target: string | null; details: object; ofWorkspace: boolean };

/** What happens by itself, and the rows that say so. A new rule has no case until it is written here. */
const cases: Record<keyof typeof ruleNames, () => Promise<Row[]>> = {
  failures: async () => {
    const webhook = await addTestWebhook(workspace, "rule.failures");
    webhook.receiver.reply(() => ({ status: 500 }));
    await database().sql`update endpoint_states
      set consecutive_failures = 19, next_probe_at = now() - interval '1 second' where endpoint_id = ${webhook.uuid}`;
    await webhook.publish(1);
    await drain();
    expect(await webhook.shown()).toMatchObject({ status: "disabled" });
    return [row("endpoint.disable", "127.0.0.1", { changed: true })];
  },
  gone: async () => {
    const webhook = await addTestWebhook(workspace, "rule.gone");
    webhook.receiver.reply(() => ({ status: 410 }));
    await webhook.publish(1);
    await drain();
    expect(await webhook.shown()).toMatchObject({ status: "disabled" });
    return [row("endpoint.disable", "127.0.0.1", { changed: true })];
  },
  newType: async () => {
    await workspace.publish([
      { type: "rule.first", data: {} },
      { type: "rule.first", data: {} },
    ]);
    return [row("event_type.create", "rule.first", {})];
  },
  retention: async () => {
    const { sql } = database();
    const { id } = await workspace.addEndpoint({ eventTypes: ["rule.retention"] });
    const before = await acceptLongAgo(fromPublicId("endpoint", id) ?? "");
    await applyRetention();
    // Once for a week, however often it is applied.
    await acceptLongAgo(null);
    await applyRetention();
    expect(await sql`select from events where type = 'rule.retention'`).toHaveLength(0);
    return [
      row("workspace.expire", "Main", { before }),
      row("workspace.discard_held", "Main", { deliveries: 1 }),
    ];
  },
  removal: async () => {
    await database().sql`
      insert into workspace_deletions (id, name, slug, deleted_by, contents, created_at)
      values (${v7()}, 'Gone', 'gone', 'Ana', '{}', now() - interval '3 minutes')`;
    expect(await removeDeleted()).toBe(1);
    return [row("workspace.remove", "Gone", {}, false)];
  },
};

const row = (action: string, target: string, details: object, ofWorkspace = true): Row => ({
  action,
  target: expect.stringContaining(target),
  details,
  ofWorkspace,
});

test.each(Object.keys(cases) as (keyof typeof ruleNames)[])(
  "what is done by the rule %s is in the audit log, once, by its name",
  async (rule) => {
    const { sql } = database();
    const find = () => sql<(Row & { actor: string })[]>`
      select action, target_name as target, details, actor_name as actor, workspace_id is not null as "ofWorkspace"
      from audit_log where actor_type = 'rule' and actor_name = ${ruleNames[rule]} order by id`;
    const earlier = (await find()).length;
    const expected = await cases[rule]();
    const rows = (await find()).slice(earlier);
    expect(rows).toEqual(expected.map((one) => ({ ...one, actor: ruleNames[rule] })));
    for (const { action } of rows) expect(isAuditAction(action)).toBe(true);
  },
);

/**
 * An event from before what the workspace keeps, held for the webhook if there is one. Gives from when on it keeps what
 * it accepted.
 */
async function acceptLongAgo(endpointId: string | null): Promise<string> {
  const { db, sql } = database();
  const { id } = workspace.ctx.workspace;
  const msecs = Date.now() - 60 * dayMs;
  await createPartitions(db, new Date(msecs));
  const [eventId = "", deliveryId = ""] = [v7({ msecs }), v7({ msecs })].sort();
  await sql`insert into events (id, workspace_id, type, test, timestamp, body, body_bytes, deliveries)
    values (${eventId}, ${id}, 'rule.retention', false, ${new Date(msecs).toISOString()}, '{}', 2, 1)`;
  if (endpointId) {
    await sql`insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at,
        attempts, automatic_attempts, type, body_bytes)
      values (${id}, ${deliveryId}, ${endpointId}, ${eventId}, 0, true, now(), 1, 1, 'rule.retention', 2)`;
  }
  const [kept] = (await findRetentions(sql)).filter((one) => one.workspaceId === id);
  return kept?.from.toISOString() ?? "";
}
