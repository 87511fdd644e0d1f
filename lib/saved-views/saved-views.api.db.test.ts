import { expect, test } from "vitest";
import * as view from "@/app/api/v1/saved-views/[id]/route";
import * as views from "@/app/api/v1/saved-views/route";
import * as leave from "@/app/api/v1/workspace/leave/route";
import { database } from "@/db/connection/database";
import type { SavedViewOutput } from "../contract/saved-views";
import { savedViewsMax } from "../core/saved-views";
import {
  type Caller,
  call,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";

const { ctx, owner, key } = await startTestApi();
const { sql } = database();

const list = async (as: Caller) =>
  (await call<{ data: SavedViewOutput[] }>(views, "GET", "/saved-views", { as })).body.data;
const save = (as: Caller, body: object = {}) =>
  call<SavedViewOutput>(views, "POST", "/saved-views", {
    as,
    body: { name: "Failed", log: "deliveries", query: "status=failed", ...body },
  });
const change = (as: Caller, id: string, body: object) =>
  call<SavedViewOutput>(view, "PATCH", `/saved-views/${id}`, { as, body });
const remove = (as: Caller, id: string) => call(view, "DELETE", `/saved-views/${id}`, { as });

test("a view is listed by name to who saved it, renamed, overwritten and deleted", async () => {
  const ana = await makeCaller(ctx.workspace, "viewer");
  const failed = await save(ana, { name: "  Failed  " });
  expectDone(failed, 201);
  expect(failed.body).toMatchObject({ name: "Failed", log: "deliveries", query: "status=failed" });
  const all = await save(ana, { name: "all", log: "published", query: "" });
  expect(await list(ana)).toEqual([all.body, failed.body]);
  const renamed = await change(ana, failed.body.id, { name: "A failure" });
  expectDone(renamed);
  expect(renamed.body).toEqual({ ...failed.body, name: "A failure" });
  const overwritten = await change(ana, failed.body.id, { query: "status=held&range=24h" });
  expect(overwritten.body).toEqual({ ...renamed.body, query: "status=held&range=24h" });
  expect(await list(ana)).toEqual([overwritten.body, all.body]);
  expectDone(await remove(ana, all.body.id));
  expect(await list(ana)).toEqual([overwritten.body]);
  expectProblem(await remove(ana, all.body.id), 404, "not_found");
});

test("nobody sees or changes the views of another person, and no API key has any", async () => {
  const [ana, ben] = [await makeCaller(ctx.workspace, "developer"), await makeCaller(ctx.workspace, "owner")];
  const { body: mine } = await save(ana);
  expectDone(await save(ben), 201);
  expect((await list(ben)).map(({ id }) => id)).not.toContain(mine.id);
  expectProblem(await change(ben, mine.id, { name: "Theirs" }), 404, "not_found");
  expectProblem(await remove(ben, mine.id), 404, "not_found");
  expectProblem(await save(key), 403, "forbidden");
  expectProblem(await call(views, "GET", "/saved-views", { as: key }), 403, "forbidden");
  expect(await list(ana)).toEqual([mine]);
});

test("a person has a name once, in whatever case; another log is no other name", async () => {
  const ana = await makeCaller(ctx.workspace, "developer");
  const { body: first } = await save(ana, { name: "Outage" });
  const { body: second } = await save(ana, { name: "Held" });
  const again = expectProblem(
    await save(ana, { name: "OUTAGE", log: "published", query: "" }),
    409,
    "conflict",
  );
  expect(again.detail).toBe("You already have a view named OUTAGE. Choose another name.");
  expectProblem(await change(ana, second.id, { name: "outage" }), 409, "conflict");
  expectDone(await change(ana, first.id, { name: "OUTAGE" }));
  const both = await Promise.all([save(ana, { name: "At once" }), save(ana, { name: "at once" })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
});

test("a view holds only filters of its log, and a name that can be read", async () => {
  expectFieldError(await save(owner, { query: "status=failed&open=1" }), "query", '"open" is not a filter');
  expectFieldError(await save(owner, { log: "published", query: "status=failed" }), "query", '"status"');
  expectFieldError(await save(owner, { query: `q=${"x".repeat(2_000)}` }), "query", "at most 2000");
  expectFieldError(await save(owner, { name: " " }), "name", "must not be empty");
  expectFieldError(await save(owner, { name: "x".repeat(61) }), "name", "at most 60");
  expectFieldError(await save(owner, { log: "other" }), "log", "must be one of deliveries, published");
  const { body } = await save(owner, { name: "Published", log: "published", query: "type=a.b" });
  expectFieldError(await change(owner, body.id, { query: "cause=timeout" }), "query", '"cause"');
  expectFieldError(await change(owner, body.id, { log: "deliveries" }), "log", "is not a field");
  expectFieldError(await change(owner, body.id, {}), "", "at least one field");
});

test("at the limit nothing more is saved, however many requests come at once", async () => {
  const ana = await makeCaller(ctx.workspace, "developer");
  for (let at = 1; at < savedViewsMax; at += 1) expectDone(await save(ana, { name: `View ${at}` }), 201);
  const last = await Promise.all([save(ana, { name: "Last" }), save(ana, { name: "One more" })]);
  expect(last.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  const refused = last.find(({ status }) => status === 409);
  expect(refused?.body).toMatchObject({
    code: "limit_reached",
    detail: "You have 50 saved views. Delete one first.",
  });
  expect(await list(ana)).toHaveLength(savedViewsMax);
});

test("views end with the membership", async () => {
  const ana = await makeCaller(ctx.workspace, "developer");
  const { body } = await save(ana, { name: "Before I leave" });
  const other = await makeOtherWorkspace();
  expect(await list(await makeCaller(other, "owner"))).toEqual([]);
  expectDone(await call(leave, "POST", "/workspace/leave", { as: ana, body: {} }));
  const left = await sql`select from saved_views where name = ${body.name}`;
  expect(left).toHaveLength(0);
});
