import { expect, test } from "vitest";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { validateWebhookForm } from "./validate-webhook-form";
import {
  fieldOf,
  formValuesOf,
  toCreateInput,
  toUpdateFields,
  toUpdateInput,
  withoutSecrets,
} from "./webhook-form-values";

const valid = { ...formValuesOf(undefined), url: "https://api.example.com/hooks" };

test("the name comes from the host where it is left empty", () => {
  expect(toCreateInput(valid)).toMatchObject({ name: "api.example.com", eventTypes: null });
  expect(toCreateInput({ ...valid, name: "Billing" })).toMatchObject({ name: "Billing" });
});

test("saving an edit leaves headers alone whose values were never shown", () => {
  const stored = formValuesOf(
    testEndpoint({
      eventTypes: ["a.b"],
      headers: ["x-api-key"],
      retryPolicy: { retries: 3, retryOn: "5xx" },
      rateLimit: 10,
    }),
  );
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

test("only what was changed is sent, so that no save takes another person's back", () => {
  const before = formValuesOf(testEndpoint({ eventTypes: ["a.b", "a.c"], rateLimit: 10 }));
  expect(toUpdateInput(before, before)).toEqual({});
  expect(toUpdateInput({ ...before, eventTypes: ["a.c", "a.b"] }, before)).toEqual({});
  expect(toUpdateInput({ ...before, name: "Shop", rateLimit: " " }, before)).toEqual({
    name: "Shop",
    rateLimit: null,
  });
});

test("of what may be kept in the browser no secret is a part, nor a header's value", () => {
  const headers = [{ name: "X-Api-Key", value: "hidden" }];
  const kept = withoutSecrets({ ...valid, headers, secret: "whsec_hidden", secretIsBase64: true });
  expect(JSON.stringify(kept)).not.toContain("hidden");
  expect(kept).toMatchObject({ headers: [{ name: "X-Api-Key", value: "" }], secret: "" });
  expect(withoutSecrets({ ...valid, headers: null }).headers).toBeNull();
});

test.each([
  ["url", "url"],
  ["eventTypes.0", "eventTypes"],
  ["retryPolicy.retries", "retryPolicy"],
  ["secretEncoding", "secret"],
  ["headers.X-Unknown", "headers"],
])("an error at %s of the API's input belongs to the field %s", (path, field) => {
  expect(fieldOf(path, { ...valid, headers: [{ name: "X-A", value: "1" }] })).toBe(field);
});
