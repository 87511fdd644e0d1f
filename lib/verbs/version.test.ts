import { expect, test } from "vitest";
import { etagOf, parseIfMatch, requireVersion, versionOf } from "./version";

test("a version is another one after each change, and the same whatever the order of fields", () => {
  const version = versionOf({ name: "a", retryPolicy: { retries: 3, retryOn: "any" } });
  expect(versionOf({ retryPolicy: { retryOn: "any", retries: 3 }, name: "a" })).toBe(version);
  expect(versionOf({ name: "b", retryPolicy: { retries: 3, retryOn: "any" } })).not.toBe(version);
  expect(parseIfMatch(etagOf(version))).toEqual([version]);
});

test("If-Match is read as RFC 9110 has it: a list, of which weak tags match nothing, or anything that is there", () => {
  expect(parseIfMatch(null)).toBeNull();
  expect(parseIfMatch(" * ")).toBeNull();
  expect(parseIfMatch('"a", "b,c"')).toEqual(["a", "b,c"]);
  expect(parseIfMatch('W/"a", "b"')).toEqual(["b"]);
  expect(parseIfMatch('W/"a"')).toEqual([]);
  for (const wrong of ["", "a", '"a', '"a" "b"', "*, *"]) {
    expect(() => parseIfMatch(wrong)).toThrow("If-Match: must be * or the ETag of a response");
  }
});

test("a change goes on with the version that is there, and with none expected", () => {
  requireVersion(null, "a", "webhook");
  requireVersion(["b", "a"], "a", "webhook");
  for (const expected of [[], ["b"]]) {
    expect(() => requireVersion(expected, "a", "webhook")).toThrow(
      expect.objectContaining({
        code: "precondition_failed",
        message: expect.stringMatching(/^The webhook has changed since you read it/),
      }),
    );
  }
});
