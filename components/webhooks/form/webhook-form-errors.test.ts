import { expect, test } from "vitest";
import { toFieldErrors } from "@/lib/api-client/apply-field-errors";
import { messagesOf, webhookFormResolver } from "./webhook-form-errors";
import { formFields, formValuesOf } from "./webhook-form-values";

test("a field shows its first error, and keeps those of its rows by their paths", () => {
  const { errors, rest } = toFieldErrors(
    [
      { path: "headers.1", message: "needs a name" },
      { path: "headers.0", message: "is set by Posthorn" },
      { path: "url", message: "must be a URL" },
      { path: "elsewhere", message: "is nobody's" },
    ],
    formFields,
    "server",
  );
  expect(rest).toEqual([{ path: "elsewhere", message: "is nobody's" }]);
  expect(Object.keys(errors)).toEqual(["url", "headers"]);
  expect(errors.headers).toMatchObject({ type: "server", message: "needs a name" });
  expect([...messagesOf(errors.headers)]).toEqual(
    expect.arrayContaining([
      ["headers.0", "is set by Posthorn"],
      ["headers.1", "needs a name"],
    ]),
  );
  expect(messagesOf(undefined).size).toBe(0);
});

test("of two errors at one place the first one counts", () => {
  const { errors } = toFieldErrors(
    [
      { path: "headers.0", message: "first" },
      { path: "headers.0", message: "second" },
    ],
    formFields,
    "schema",
  );
  expect(messagesOf(errors.headers).get("headers.0")).toBe("first");
});

test("the form is checked by the schema of what it is for: a URL is asked for, a name is not", async () => {
  const resolve = (url: string) =>
    webhookFormResolver("create")({ ...formValuesOf(undefined), url }, undefined, {
      fields: {},
      shouldUseNativeValidation: false,
    });
  expect((await resolve("https://example.com")).errors).toEqual({});
  expect(Object.keys((await resolve("")).errors)).toEqual(["url"]);
});
