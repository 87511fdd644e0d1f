import { describe, expect, it } from "vitest";
import { ApiError } from "./api-error";
import { applyFieldErrors } from "./apply-field-errors";

function apply(error: unknown) {
  const seen: Record<string, string | undefined> = {};
  const rest = applyFieldErrors<{ url: string; eventTypes: string[] }>(
    error,
    ["url", "eventTypes"],
    (name, { message }) => {
      seen[name] = message;
    },
  );
  return { seen, rest };
}

describe("applyFieldErrors", () => {
  it("puts each error on its field, also one from below it, and returns what is left", () => {
    const error = new ApiError({
      status: 422,
      errors: [
        { path: "url", message: "must be a URL" },
        { path: "eventTypes.0", message: "must not be empty" },
        { path: "nickname", message: "is not a known field" },
      ],
    });
    expect(apply(error)).toEqual({
      seen: { url: "must be a URL", eventTypes: "must not be empty" },
      rest: "nickname: is not a known field",
    });
  });

  it("returns the detail of an error that names no field", () => {
    expect(apply(new ApiError({ status: 409, detail: "10 of 10 webhooks exist" }))).toEqual({
      seen: {},
      rest: "10 of 10 webhooks exist",
    });
  });
});
