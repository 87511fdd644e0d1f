import { afterAll, expect, test } from "vitest";
import * as events from "@/app/api/v1/events/route";
import * as contents from "@/app/api/v1/workspace/contents/route";
import * as remove from "@/app/api/v1/workspace/delete/route";
import { database } from "@/db/connection/database";
import type { WorkspaceContents } from "../core/workspaces";
import { closeAgent } from "../delivery/http-client/agent";
import {
  call,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { drain } from "../testing/drain";
import { startTestReceiver } from "../testing/test-receiver.mjs";
import { removeDeleted } from "./remove-deleted";

const { ctx, id, owner, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);
const { sql } = database();

const bodyOf = (type: string) => ({ type, data: {} });
const rowsOf = async (table: string, workspaceId: string) =>
  (
    await sql<
      { n: number }[]
    >`select count(*)::int as n from ${sql(table)} where workspace_id = ${workspaceId}`
  )[0]?.n;

test("a workspace is deleted by typing its name: nobody gets in, its keys stop, nothing more is sent, and others stay", async () => {
  await addEndpoint({ url: receiver.url, eventTypes: ["one.sent"] });
  await publish(bodyOf("one.sent"));
  await drain();
  expect(receiver.received).toHaveLength(1);
  const other = await makeOtherWorkspace();
  expectDone(await call(events, "POST", "/events", { as: other.key, body: bodyOf("one.kept") }), 202);
  await publish(bodyOf("one.sent"));

  const lost = await call<WorkspaceContents>(contents, "GET", "/workspace/contents", { as: owner });
  expect(lost.body).toMatchObject({ webhooks: 1, apiKeys: 1, events: 2, waiting: 1, members: 2 });
  const ask = (name: string, as = owner) => call(remove, "POST", "/workspace/delete", { as, body: { name } });
  expectProblem(await ask("Main", await makeCaller(ctx.workspace, "developer")), 403, "forbidden");
  expectFieldError(await ask("main"), "name", "must be the workspace's name, Main");
  expectDone(await ask("Main"));

  expectProblem(await call(events, "GET", "/events", { as: owner }), 404, "not_found");
  expectProblem(
    await call(events, "POST", "/events", { as: key, body: bodyOf("one.sent") }),
    401,
    "unauthenticated",
  );
  await drain();
  expect(receiver.received).toHaveLength(1);
  const [deletion] = await sql`select * from workspace_deletions`;
  expect(deletion).toMatchObject({
    id,
    name: "Main",
    slug: "main",
    deleted_by: "The owner",
    finished_at: null,
  });
  expect(deletion?.contents).toMatchObject({ webhooks: 1, events: 2, waiting: 1 });

  // What is being sent is recorded first.
  expect(await removeDeleted()).toBe(0);
  expect(await rowsOf("events", id)).toBe(2);
  await sql`update workspace_deletions set created_at = now() - interval '3 minutes'`;
  expect(await removeDeleted()).toBe(1);
  for (const table of [
    "events",
    "deliveries",
    "delivery_queue",
    "endpoints",
    "api_keys",
    "ledger_hours",
    "event_types",
  ]) {
    expect(await rowsOf(table, id), table).toBe(0);
  }
  expect(await sql`select from attempts`).toHaveLength(0);
  expect(await sql`select from workspaces where id = ${id}`).toHaveLength(0);
  expect(await rowsOf("events", other.id)).toBe(1);
  const [audited] = await sql`select * from audit_log where action = 'workspace.delete'`;
  expect(audited).toMatchObject({ workspace_id: id });
  expect(await removeDeleted()).toBe(0);
  expect((await sql`select finished_at from workspace_deletions`)[0]?.finished_at).not.toBeNull();
});
