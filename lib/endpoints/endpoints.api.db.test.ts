import { expect, test } from "vitest";
import * as endpoints from "@/app/api/v1/endpoints/route";
import type { EndpointOutput } from "../contract/endpoints";
import type { Page } from "../contract/shared";
import { policyRetriesMax, rateLimitMax } from "../core/endpoints";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";

const { id: workspaceId, key } = await startTestApi();
const url = "https://example.com/hooks";

const add = (body: object, as = key) => call<EndpointOutput>(endpoints, "POST", "/endpoints", { as, body });

test("a webhook that is given its URL alone has the defaults, an ETag, and no secret in its answer", async () => {
  const { key } = await makeOtherWorkspace();
  const added = await add({ url }, key);
  expectDone(added, 201);
  expect(added.body).toEqual({
    id: expect.stringMatching(/^ep_[0-9a-f]{32}$/),
    url,
    name: "example.com",
    description: null,
    eventTypes: null,
    signature: "hmac",
    publicKey: null,
    jwksUrl: null,
    expiringSignatures: [],
    headers: [],
    retryPolicy: null,
    rateLimit: null,
    status: "enabled",
    consecutiveFailures: 0,
    failingSince: null,
    nextProbeAt: null,
    disablesAt: null,
    lastFailure: null,
    disabledAt: null,
    disabledReason: null,
    disabledCause: null,
    discardsWhileDisabled: false,
    held: 0,
    waiting: null,
    health24h: { due: 0, succeeded: 0, successRate: null, requests: 0, hours: [] },
    certificateExpiresAt: null,
    lastDeliveryAt: null,
    lastSuccessAt: null,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
    version: expect.any(String),
  });
  expect(added.headers.get("etag")).toBe(`"${added.body.version}"`);
  expect(added.text).not.toContain("whsec_");
});

test("everything that a webhook can be given is kept, and of its headers only the names are shown", async () => {
  const { key } = await makeOtherWorkspace();
  const input = {
    url: "https://example.com/all",
    name: " Billing ",
    description: "Invoices",
    eventTypes: ["invoice.paid", "invoice.paid", "user.created"],
    signature: "ed25519",
    headers: { "X-Api-Key": "a secret value" },
    retryPolicy: { retries: 3, retryOn: "5xx" },
    rateLimit: 5,
  };
  const added = await add(input, key);
  expectDone(added, 201);
  expect(added.body).toMatchObject({
    ...input,
    name: "Billing",
    eventTypes: ["invoice.paid", "user.created"],
    publicKey: expect.stringMatching(/^whpk_/),
    headers: ["X-Api-Key"],
  });
  expect(added.text).not.toContain("a secret value");
});

test.each<[what: string, body: object | string, path: string, message: string]>([
  ["no URL", {}, "url", "is missing"],
  ["an invalid URL", { url: "example.com" }, "url", "must be a full URL, like https://example.com"],
  ["another scheme", { url: "ftp://example.com" }, "url", "must start with https://"],
  ["no encryption", { url: "http://example.com/" }, "url", "(http:// is only allowed for localhost)"],
  [
    "a private network",
    { url: "https://0xa9fea9fe/latest/meta-data" },
    "url",
    "169.254.169.254 is a link-local address, where cloud metadata is",
  ],
  ["a user in the URL", { url: "https://a:b@example.com" }, "url", "user name or password"],
  ["a fragment", { url: "https://example.com/#a" }, "url", "must not contain a fragment"],
  ["an unseen character", { url: "https://example.com/in\u200b" }, "url", "an invisible character (U+200B)"],
  ["an empty name", { url, name: " " }, "name", "must not be empty"],
  ["a name with U+0000", { url, name: "In\u0000voices" }, "name", "must not contain the character U+0000"],
  ["a name that is too long", { url, name: "a".repeat(101) }, "name", "at most 100"],
  ["a description that is too long", { url, description: "a".repeat(501) }, "description", "at most 500"],
  ["no event type", { url, eventTypes: [] }, "eventTypes", "or be null for all"],
  ["a wrong event type", { url, eventTypes: ["a", "b c"] }, "eventTypes.1", "like invoice.payment_failed"],
  ["an unknown signature", { url, signature: "rsa" }, "signature", "must be one of hmac, ed25519, jwt"],
  [
    "a secret of another kind",
    { url, signature: "jwt", secret: `whsec_${"A".repeat(32)}` },
    "secret",
    "must be left out",
  ],
  ["a secret that is too short", { url, secret: "whsec_AAAA" }, "secret", "must hold 24 to 75 bytes"],
  [
    "an encoding of no secret",
    { url, secretEncoding: "base64" },
    "secretEncoding",
    "can only be set together with `secret`",
  ],
  [
    "a header that is ours",
    { url, headers: { "Webhook-Signature": "v1,x" } },
    "headers.Webhook-Signature",
    "is set by Posthorn",
  ],
  [
    "a header twice",
    { url, headers: { "X-A": "1", "x-a": "2" } },
    "headers",
    "must not contain the same header twice",
  ],
  ["a line break in a header", { url, headers: { "X-A": "1\n2" } }, "headers.X-A", "without line breaks"],
  [
    "a header named __proto__",
    `{"url":"${url}","headers":{"__proto__":"a"}}`,
    "headers.__proto__",
    "cannot be used as a header name",
  ],
  [
    "too many retries",
    { url, retryPolicy: { retries: policyRetriesMax + 1 } },
    "retryPolicy.retries",
    `to ${policyRetriesMax}`,
  ],
  ["a rate of nothing", { url, rateLimit: 0 }, "rateLimit", `a whole number from 1 to ${rateLimitMax}`],
])("%s is answered 422, naming the field, and nothing is written", async (_, body, path, message) => {
  const before = await countRows(workspaceId);
  expectFieldError(await call(endpoints, "POST", "/endpoints", { as: key, body }), path, message);
  expect(await countRows(workspaceId)).toEqual(before);
});

test("one more than the workspace may have is answered 409, also if they come at once", async () => {
  const { id, key } = await makeOtherWorkspace({ endpointLimit: 2 });
  const answers = await Promise.all(Array.from({ length: 4 }, () => add({ url }, key)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409]);
  for (const answer of answers.filter(({ status }) => status === 409)) {
    expect(expectProblem(answer, 409, "limit_reached").detail).toContain("has 2 webhooks");
  }
  expect(await countRows(id)).toMatchObject({ endpoints: 2, audit: 2 });
});

test("the list has the workspace's own, newest first, in pages, and says how many there may be", async () => {
  const { key } = await makeOtherWorkspace({ endpointLimit: 7 });
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) ids.unshift((await add({ url, name }, key)).body.id);
  const list = (query: string) =>
    call<Page<EndpointOutput> & { limit: number }>(endpoints, "GET", `/endpoints?${query}`, { as: key });
  const first = await list("limit=2");
  expectDone(first);
  expect(first.body).toMatchObject({ limit: 7, nextCursor: ids[1] });
  const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
  expect(second.body.nextCursor).toBeNull();
  expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(ids);
});

test("a key that may read webhooks and not add them lists them", async () => {
  const reads = await makeKey(workspaceId, ["endpoints:read"]);
  expectDone(await call(endpoints, "GET", "/endpoints", { as: reads }));
  expectProblem(await add({ url }, reads), 403, "forbidden");
});
