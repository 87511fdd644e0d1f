import { expect, test } from "vitest";
import { validateWebhookForm } from "./validate-webhook-form";
import { fieldOf, formValuesOf, toCreateInput, toUpdateFields } from "./webhook-form-values";

const valid = { ...formValuesOf(undefined), url: "https://api.example.com/hooks" };

test("the name comes from the host where it is left empty", () => {
  expect(toCreateInput(valid)).toMatchObject({ name: "api.example.com", eventTypes: null });
  expect(toCreateInput({ ...valid, name: "Billing" })).toMatchObject({ name: "Billing" });
});

test("saving an edit leaves headers alone whose values were never shown", () => {
  const stored = formValuesOf({
    id: "ep_1",
    url: valid.url,
    name: "a",
    description: null,
    eventTypes: ["a.b"],
    signature: "hmac",
    publicKey: null,
    jwksUrl: null,
    expiringSignatures: [],
    headers: ["x-api-key"],
    retryPolicy: { retries: 3, retryOn: "5xx" },
    rateLimit: 10,
    status: "enabled",
    consecutiveFailures: 0,
    failingSince: null,
    nextProbeAt: null,
    disablesAt: null,
    lastFailure: null,
    discardsWhileDisabled: false,
    disabledAt: null,
    disabledReason: null,
    held: 0,
    health24h: { requests: 0, succeeded: 0, successRate: null, hours: [] },
    lastDeliveryAt: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    version: "1",
  });
  expect(toUpdateFields(stored)).not.toHaveProperty("headers");
  expect(toUpdateFields({ ...stored, headers: [] })).toHaveProperty("headers", {});
  expect(toUpdateFields(stored)).toMatchObject({
    signature: "hmac",
    retryPolicy: { retries: 3, retryOn: "5xx" },
    rateLimit: 10,
  });
});

test("an error is shown at its field, by the API's own schema", () => {
  const values = {
    ...valid,
    url: "example.com",
    eventTypes: [],
    headers: [{ name: "Webhook-Id", value: "1" }],
    secret: "nope",
  };
  const issues = validateWebhookForm(values, "create");
  expect(new Set(issues.map((issue) => issue.path))).toEqual(
    new Set(["url", "eventTypes", "headers.0", "secret"]),
  );
  expect(issues.find((issue) => issue.path === "headers.0")?.message).toBe(
    "is set by Posthorn and cannot be replaced",
  );
});

test("headers that would silently get lost are refused", () => {
  const headers = [
    { name: "X-A", value: "1" },
    { name: "x-a", value: "2" },
    { name: "", value: "3" },
    { name: "X-B", value: "" },
    { name: "", value: "" },
  ];
  expect(validateWebhookForm({ ...valid, headers }, "create").map((issue) => issue.path)).toEqual(
    expect.arrayContaining(["headers.1", "headers.2", "headers.3"]),
  );
});

test("a header's name may hold dots", () => {
  const headers = [{ name: "x.y", value: "é" }];
  expect(fieldOf("headers.x.y", { ...valid, headers })).toBe("headers.0");
});

test("a secret must be of the chosen kind of signature", () => {
  const secretIssue = (values: Partial<typeof valid>) =>
    validateWebhookForm({ ...valid, ...values }, "create").find((issue) => issue.path === "secret")?.message;
  const bytes = (count: number) => Buffer.alloc(count, 7).toString("base64");
  expect(secretIssue({ secret: `whsec_${bytes(24)}` })).toBeUndefined();
  expect(secretIssue({ secret: `whsec_${bytes(23)}` })).toBe("must hold 24 to 75 bytes");
  expect(secretIssue({ secret: `whsec_${bytes(75)}` })).toBeUndefined();
  expect(secretIssue({ secret: `whsec_${bytes(76)}` })).toBe("must hold 24 to 75 bytes");
  expect(secretIssue({ secret: `whsk_${bytes(32)}` })).toBe("must be whsec_ followed by base64");
  expect(secretIssue({ signature: "ed25519", secret: `whsk_${bytes(32)}` })).toBeUndefined();
  expect(secretIssue({ signature: "ed25519", secret: `whsk_${bytes(33)}` })).toBe("must hold 32 or 64 bytes");
  expect(secretIssue({ signature: "jwt", secret: `whsec_${bytes(24)}` })).toMatch(/^must be left out/);
});

test("a secret that looks like hex is refused until it is said to be base64", () => {
  const secret = "whsec_9f86d081884c7d659a2feaa0c55ad015";
  const paths = (values: Partial<typeof valid>) =>
    validateWebhookForm({ ...valid, ...values }, "create").map((issue) => issue.path);
  expect(paths({ secret })).toEqual(["secret"]);
  expect(paths({ secret, secretIsBase64: true })).toEqual([]);
  expect(paths({ secret: "", secretIsBase64: true })).toEqual([]);
});

test("retries and rate limit outside of what is possible are refused at their fields", () => {
  const paths = (values: Partial<typeof valid>) =>
    validateWebhookForm({ ...valid, ...values }, "create").map((issue) => issue.path);
  expect(paths({ retryPolicy: { retries: 20, retryOn: "any" }, rateLimit: "1000" })).toEqual([]);
  expect(paths({ retryPolicy: { retries: 21, retryOn: "any" } })).toEqual(["retryPolicy"]);
  expect(paths({ retryPolicy: { retries: Number.NaN, retryOn: "any" } })).toEqual(["retryPolicy"]);
  for (const rateLimit of ["0", "1001", "1.5", "many"]) expect(paths({ rateLimit })).toEqual(["rateLimit"]);
});
