import { expect, test } from "vitest";
import * as workspace from "@/app/api/v1/workspace/route";
import type { WorkspaceOutput } from "../contract/workspaces";
import { policyRetriesMax } from "../core/endpoints";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";

const { id: workspaceId, ctx, key, owner } = await startTestApi();

const get = (as = owner) => call<WorkspaceOutput>(workspace, "GET", "/workspace", { as });
const patch = (body: object, { as = owner, headers = {} } = {}) =>
  call<WorkspaceOutput>(workspace, "PATCH", "/workspace", { as, body, headers });

test("settings are read with an ETag, and a change keeps what it does not name", async () => {
  const before = await get();
  expectDone(before);
  expect(before.body).toEqual({
    id: expect.stringMatching(/^ws_[0-9a-f]{32}$/),
    slug: "main",
    name: "Main",
    retryPolicy: { retries: null, retryOn: "any" },
    refuseUnknownTypes: false,
    refuseInvalidData: false,
    viewersSeePayloads: true,
    retentionDays: 30,
    endpointLimit: 100,
    createdAt: expect.any(String),
    version: expect.any(String),
  });
  const etag = before.headers.get("etag");
  const body = { name: " Renamed ", retryPolicy: { retries: 3, retryOn: "5xx" } };
  const changed = await patch(body, { headers: { "if-match": etag } });
  expectDone(changed);
  expect(changed.body).toEqual({ ...before.body, ...body, name: "Renamed", version: expect.any(String) });
  expect(changed.headers.get("etag")).not.toBe(etag);
  expect((await get()).body).toEqual(changed.body);
  expectProblem(await patch({ name: "Lost" }, { headers: { "if-match": etag } }), 412, "precondition_failed");
});

test("a developer and a viewer read them and do not change them, and no API key does either", async () => {
  for (const role of ["developer", "viewer"] as const) {
    const as = await makeCaller(ctx.workspace, role);
    expectDone(await get(as));
    expectProblem(await patch({ name: "Mine" }, { as }), 403, "forbidden");
  }
  expectProblem(await get(key), 403, "forbidden");
  expectProblem(await patch({ name: "Mine" }, { as: key }), 403, "forbidden");
});

test.each<[body: object, path: string, message: string]>([
  [{}, "", "must contain at least one field to change"],
  [{ name: " " }, "name", "must not be empty"],
  [{ name: "a".repeat(61) }, "name", "at most 60"],
  [{ name: "A", retentionDays: 90 }, "retentionDays", "is not a field of this request"],
  [{ slug: "sign-in" }, "slug", "is reserved for a page of Posthorn"],
  [{ slug: "Other" }, "slug", "lower-case"],
  [{ slug: "a" }, "slug", "at least 2"],
  [{ slug: "-a-" }, "slug", "lower-case"],
  [{ refuseInvalidData: 1 }, "refuseInvalidData", "must be true or false"],
  [{ retryPolicy: { retries: policyRetriesMax + 1, retryOn: "any" } }, "retryPolicy.retries", "whole number"],
  [{ retryPolicy: { retries: 1.5, retryOn: "any" } }, "retryPolicy.retries", "whole number"],
  [{ retryPolicy: { retries: 1, retryOn: "4xx" } }, "retryPolicy.retryOn", "must be one of any, 5xx"],
  [{ retryPolicy: null }, "retryPolicy", "must be a JSON object"],
])("%j is answered 422, naming the field, and nothing is changed", async (body, path, message) => {
  const [before, rows] = [await get(), await countRows(workspaceId)];
  expectFieldError(await patch(body), path, message);
  expect((await get()).body).toEqual(before.body);
  expect(await countRows(workspaceId)).toEqual(rows);
});

test("a slug that another workspace has is refused; links and tabs with a former slug lead on, until another takes it", async () => {
  const other = await makeOtherWorkspace();
  await ctx.db.execute(`update workspaces set slug = 'other' where id = '${other.id}'`);
  expectFieldError(await patch({ slug: "other" }), "slug", "is already taken by another workspace");
  expect((await patch({ slug: "renamed" })).body.slug).toBe("renamed");
  // The tab still says the slug from before.
  expect((await get()).body.slug).toBe("renamed");
  expectProblem(await get({ ...owner, "x-workspace": "none" }), 404, "not_found");
  const theirs = await makeCaller({ ...other, slug: "other" }, "owner");
  const taken = await call(workspace, "PATCH", "/workspace", { as: theirs, body: { slug: "main" } });
  expectDone(taken);
  expectProblem(await get(), 404, "not_found");
  expectProblem(await get({ ...theirs, "x-workspace": "renamed" }), 404, "not_found");
  expect((await get({ ...owner, "x-workspace": "renamed" })).body.slug).toBe("renamed");
});
