import { expect, test } from "vitest";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { webhookFieldLabels } from "./webhook-field-labels";
import { formValuesOf } from "./webhook-form-values";

const wordsOf = (values: ReturnType<typeof formValuesOf>, storedHeaders: string[] = []) =>
  Object.fromEntries(
    Object.entries(webhookFieldLabels(values, storedHeaders)).map(([field, { value }]) => [field, value]),
  );

test("what is left open is said, too", () => {
  expect(wordsOf(formValuesOf(testEndpoint()))).toEqual({
    url: "https://api.example.com/hooks",
    name: "Billing",
    description: "None",
    eventTypes: "All, including future ones",
    signature: "HMAC",
    headers: "None",
    retryPolicy: "Workspace default",
    rateLimit: "None",
  });
});

test("headers that stay are named, those with new values say so, and no value is shown", () => {
  const values = formValuesOf(testEndpoint({ headers: ["x-b", "x-a"] }));
  expect(wordsOf(values, ["x-b", "x-a"]).headers).toBe("x-a, x-b");
  const headers = [
    { name: "x-a", value: "hidden" },
    { name: "", value: "" },
  ];
  expect(wordsOf({ ...values, headers }, ["x-b", "x-a"]).headers).toBe("x-a, with new values");
  expect(wordsOf({ ...values, headers: [] }, ["x-b", "x-a"]).headers).toBe("None");
});

test("the order in which event types were chosen makes no difference", () => {
  const values = formValuesOf(testEndpoint({ eventTypes: ["b", "a"] }));
  expect(wordsOf(values).eventTypes).toBe("a, b");
});
