import { describe, expect, it } from "vitest";
import { ApiError } from "./api-error";
import { applyFieldErrors } from "./apply-field-errors";

function apply(error: unknown, pathOf?: (path: string) => string) {
  const seen: Record<string, string | undefined> = {};
  const types: Record<string, unknown> = {};
  const focused: string[] = [];
  const rest = applyFieldErrors<{ url: string; eventTypes: string[] }>(
    error,
    ["url", "eventTypes"],
    (name, error, options) => {
      seen[name] = error.message;
      types[name] = error.types;
      if (options?.shouldFocus) focused.push(name);
    },
    pathOf,
  );
  return { seen, rest, types, focused };
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
    const { types, ...applied } = apply(error);
    expect(applied).toEqual({
      seen: { url: "must be a URL", eventTypes: "must not be empty" },
      rest: "nickname: is not a known field",
      focused: ["url"],
    });
  });

  it("gives a field its first error, and those of its inputs by their paths in the form", () => {
    const error = new ApiError({
      status: 422,
      errors: [
        { path: "types.b", message: "is unknown" },
        { path: "types.a", message: "is too long" },
        { path: "types.a", message: "is unknown" },
      ],
    });
    expect(apply(error, (path) => path.replace("types", "eventTypes"))).toEqual({
      seen: { eventTypes: "is unknown" },
      rest: undefined,
      types: { eventTypes: { "eventTypes.b": "is unknown", "eventTypes.a": "is too long" } },
      focused: ["eventTypes"],
    });
  });

  it("returns the detail of an error that names no field", () => {
    expect(apply(new ApiError({ status: 409, detail: "10 of 10 webhooks exist" }))).toEqual({
      seen: {},
      types: {},
      focused: [],
      rest: "10 of 10 webhooks exist",
    });
  });
});
