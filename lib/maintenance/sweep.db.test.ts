import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { database } from "@/db/connection/database";
import { newId } from "../core/ids";
import { registerTransport, type Signal } from "../platform/signals";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { sweep } from "./sweep";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

let signals: Signal["name"][] = [];
beforeEach(() => {
  signals = [];
  registerTransport(async ({ name }) => signals.push(name));
  onTestFinished(() => registerTransport(null));
});

test("with nothing to do, it signals nothing", async () => {
  expect(await sweep()).toEqual({ repaired: 0, due: false });
  expect(signals).toEqual([]);
});

test("what is due is signalled, each by its own signal", async () => {
  const { sql } = database();
  const workspaceId = workspace.ctx.workspace.id;
  await workspace.addEndpoint();
  await workspace.publish({ type: "sweep.due", data: {} });
  await sql`insert into self_tests (id, status, phase, test_workspace_id, created_by)
    values (${newId()}, 'queued', 'burst', ${newId()}, 'Ana')`;
  await sql`insert into emails (id, workspace_id, recipient, subject, text, html, status)
    values (${newId()}, ${workspaceId}, 'ana@example.com', 'Failing', 'Failing', '', 'queued')`;
  await sql`insert into replays (id, workspace_id, kind, status, total, created_by)
    values (${newId()}, ${workspaceId}, 'replay', 'running', 1, 'Ana')`;
  expect(await sweep()).toMatchObject({ due: true });
  expect(signals.sort()).toEqual([
    "posthorn/deliveries.due",
    "posthorn/emails.due",
    "posthorn/replays.due",
    "posthorn/self-test.due",
  ]);
});
