import { expect, test } from "vitest";
import * as endpoints from "@/app/api/v1/endpoints/[id]/route";
import * as created from "@/app/api/v1/endpoints/route";
import type { EndpointOutput } from "../contract/endpoints";
import { call, countRows, expectDone, expectFieldError, expectProblem, startTestApi } from "../testing/api";

const { id: workspaceId, key, addEndpoint } = await startTestApi();
const { id } = await addEndpoint({ url: "https://example.com/hooks", name: "Before", rateLimit: 3 });

const get = (id: string) => call<EndpointOutput>(endpoints, "GET", `/endpoints/${id}`, { as: key });
const patch = (id: string, body: object, headers = {}) =>
  call<EndpointOutput>(endpoints, "PATCH", `/endpoints/${id}`, { as: key, body, headers });
const remove = (id: string, headers = {}) =>
  call(endpoints, "DELETE", `/endpoints/${id}`, { as: key, headers });

test("a webhook is answered as it was when it was added, with the same ETag", async () => {
  const body = { url: "https://example.com/new", headers: { "X-Api-Key": "hidden value" } };
  const added = await call<EndpointOutput>(created, "POST", "/endpoints", { as: key, body });
  const read = await get(added.body.id);
  expectDone(read);
  expect(read.body).toEqual(added.body);
  expect(read.headers.get("etag")).toBe(added.headers.get("etag"));
  expect(read.text).not.toMatch(/whsec_|hidden value/);
});

test("a change keeps what it does not name, and answers with another ETag, which fits the next change", async () => {
  const before = await get(id);
  const changed = await patch(id, { name: "After" }, { "if-match": before.headers.get("etag") });
  expectDone(changed);
  expect(changed.body).toEqual({
    ...before.body,
    name: "After",
    version: expect.any(String),
    updatedAt: expect.any(String),
  });
  const etag = changed.headers.get("etag");
  expect([etag, changed.body.version]).not.toContain(before.body.version);
  expectProblem(
    await patch(id, { name: "Lost" }, { "if-match": before.headers.get("etag") }),
    412,
    "precondition_failed",
  );
  expectDone(await patch(id, { rateLimit: null }, { "if-match": `"another", ${etag}` }));
  expectDone(await patch(id, { description: "Last" }, { "if-match": "*" }));
  expect((await get(id)).body).toMatchObject({ name: "After", rateLimit: null, description: "Last" });
});

test("headers are replaced as a whole, and another kind of signature begins beside the old one", async () => {
  const { id } = await addEndpoint({ headers: { "X-A": "1", "X-B": "2" } });
  expect((await patch(id, { headers: { "X-C": "3" } })).body.headers).toEqual(["X-C"]);
  const changed = await patch(id, { signature: "ed25519", expireOldAfterHours: 1 });
  expect(changed.body).toMatchObject({
    signature: "ed25519",
    publicKey: expect.stringMatching(/^whpk_/),
    expiringSignatures: [{ signature: "hmac", expiresAt: expect.any(String) }],
  });
  expect((await patch(id, { signature: "jwt" })).body).toMatchObject({
    jwksUrl: "http://localhost:3000/.well-known/jwks.json",
  });
});

test.each<[what: string, body: object, path: string, message: string]>([
  ["no field", {}, "", "must contain at least one field to change"],
  ["a URL that is null", { url: null }, "url", "must be a string"],
  ["a private address", { url: "https://10.0.0.1/" }, "url", "lead to a public address"],
  ["its status alone", { status: "disabled" }, "status", "is not a field of this request"],
  ["its status", { name: "A", status: "disabled" }, "status", "is not a field of this request"],
  ["an empty name", { name: "" }, "name", "must not be empty"],
  ["no event type", { eventTypes: [] }, "eventTypes", "must name at least one event type"],
  ["a rate of text", { rateLimit: "5" }, "rateLimit", "must be a whole number from 1 to 1000"],
  ["a policy that is a number", { retryPolicy: 5 }, "retryPolicy", "must be a JSON object"],
  [
    "a secret without a kind",
    { secret: `whsec_${"A".repeat(32)}` },
    "secret",
    "can only be set if `signature` changes",
  ],
  [
    "hours without a kind",
    { expireOldAfterHours: 1 },
    "expireOldAfterHours",
    "can only be set if `signature` changes",
  ],
  [
    "hours over a week",
    { signature: "jwt", expireOldAfterHours: 169 },
    "expireOldAfterHours",
    "from 0 to 168",
  ],
  [
    "a secret of the kind that it has",
    { signature: "hmac", secret: `whsec_${"Z".repeat(32)}` },
    "secret",
    "is already hmac",
  ],
])("%s is answered 422, naming the field, and nothing is changed", async (_, body, path, message) => {
  const [before, rows] = [await get(id), await countRows(workspaceId)];
  expectFieldError(await patch(id, body), path, message);
  expect((await get(id)).body).toEqual(before.body);
  expect(await countRows(workspaceId)).toEqual(rows);
});

test("a deleted webhook is gone, and deleting it again answers 404", async () => {
  const { id, version } = await addEndpoint();
  const removed = await remove(id, { "if-match": `"${version}"` });
  expectDone(removed);
  expect([removed.body, removed.headers.get("etag")]).toEqual([{ ok: true }, null]);
  for (const answer of [await get(id), await patch(id, { name: "Mine" }), await remove(id)]) {
    expectProblem(answer, 404, "not_found");
  }
});
