import { expect, test } from "vitest";
import * as exported from "@/app/api/v1/audit-log/export/route";
import * as auditLog from "@/app/api/v1/audit-log/route";
import * as endpoint from "@/app/api/v1/endpoints/[id]/route";
import { database } from "@/db/connection/database";
import type { AuditRowOutput } from "../contract/audit-log";
import type { Page } from "../contract/shared";
import { call, expectProblem, makeCaller, makeOtherWorkspace, startTestApi } from "../testing/api";

const { ctx, key, owner, addEndpoint } = await startTestApi();
const developer = await makeCaller(ctx.workspace, "developer");
const webhook = await addEndpoint({ name: "Billing" });

const list = (query = "", as = owner) =>
  call<Page<AuditRowOutput>>(auditLog, "GET", `/audit-log${query}`, { as });
const save = async (query: string) => {
  const request = new Request(`http://localhost:3000/api/v1/audit-log/export?${query}`, { headers: owner });
  return { text: await (await exported.GET(request, { params: Promise.resolve({}) })).text() };
};
const change = (body: object) => call(endpoint, "PATCH", `/endpoints/${webhook.id}`, { as: owner, body });

test("a change says who made it to what, when, from where, and what was before", async () => {
  expect((await change({ name: "Invoices", headers: { "x-token": "very-secret-value" } })).status).toBe(200);
  const { body, text } = await list("?action=endpoint.update");
  expect(body.data).toMatchObject([
    {
      id: expect.stringMatching(/^aud_/),
      actor: { type: "user", id: expect.stringMatching(/^usr_/), name: "The owner" },
      action: "endpoint.update",
      target: { id: webhook.id, name: "Invoices" },
      changes: {
        name: { before: "Billing", after: "Invoices" },
        "headers.x-token": { before: null, after: "••••••" },
      },
      requestId: expect.any(String),
    },
  ]);
  expect(text).not.toContain("very-secret-value");
});

test("filters: one entry, action, actor, target, time, and a part of a name", async () => {
  await change({ description: "For the books" });
  const all = (await list("?limit=100")).body.data;
  const count = async (query: string) => (await list(`?limit=100&${query}`)).body.data.length;
  const newest = all[0];
  const oldest = all.at(-1);
  expect((await list(`?id=${oldest?.id}`)).body.data).toEqual([oldest]);
  expect(await count("id=aud_nothing")).toBe(0);
  expect(await count(`targetId=${webhook.id}`)).toBe(
    all.filter(({ target }) => target.id === webhook.id).length,
  );
  expect(await count(`actorId=${newest?.actor.id}`)).toBe(
    all.filter(({ actor }) => actor.id === newest?.actor.id).length,
  );
  expect(await count("actorId=usr_nobody")).toBe(0);
  expect(await count("q=invoic")).toBe(all.filter(({ target }) => target.name === "Invoices").length);
  expect(await count("q=100%25")).toBe(0);
  expect(await count(`to=${newest?.createdAt}`)).toBeLessThan(all.length);
  expect(await count("from=2020-01-01T00:00:00Z")).toBe(all.length);
  expectProblem(await list("?action=endpoint.paint"), 422, "validation_failed");
});

test("pages follow each other without a row twice", async () => {
  const all = (await list("?limit=100")).body.data.map(({ id }) => id);
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { body }: { body: Page<AuditRowOutput> } = await list(
      `?limit=1${cursor ? `&cursor=${cursor}` : ""}`,
    );
    seen.push(...body.data.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(seen).toEqual(all);
  expectProblem(await list("?cursor=evt_1"), 422, "validation_failed");
});

test("only owners read it, in the dashboard, and of their own workspace", async () => {
  expectProblem(await list("", developer), 403, "forbidden");
  expectProblem(await list("", key), 403, "forbidden");
  expectProblem(await call(exported, "GET", "/audit-log/export", { as: developer }), 403, "forbidden");
  const other = await makeOtherWorkspace();
  const { sql } = database();
  const before = (await list("?limit=100")).body.data.length;
  await sql`insert into audit_log (id, workspace_id, actor_type, action, details)
    values (gen_random_uuid(), ${other.id}, 'system', 'workspace.update', '{}')`;
  expect((await list("?limit=100")).body.data).toHaveLength(before);
});

test("it is exported as CSV and NDJSON, safe for spreadsheets", async () => {
  await change({ name: "=1+1" });
  const csv = await save("format=csv");
  const lines = csv.text.trim().split("\r\n");
  expect(lines[0]).toContain("createdAt");
  expect(lines).toHaveLength((await list("?limit=100")).body.data.length + 1);
  expect(csv.text).toContain("'=1+1");
  const ndjson = await save("format=ndjson");
  expect(
    ndjson.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  ).toEqual((await list("?limit=100")).body.data.map(({ id }) => id));
});

test("nobody alters a row, and none of today is deleted", async () => {
  const { sql } = database();
  await expect(sql`update audit_log set action = 'x'`).rejects.toThrow("never altered");
  await expect(sql`delete from audit_log`).rejects.toThrow("only deleted by retention");
});
