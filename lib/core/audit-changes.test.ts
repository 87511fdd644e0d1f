import { expect, test } from "vitest";
import { changesOf, maskedChanges } from "./audit-changes";

test("only fields that differ are changes, whatever the order of the keys of an object", () => {
  const before = { name: "A", url: "https://a.example", policy: { retries: 3, retryOn: "any" }, other: 1 };
  expect(
    changesOf(before, { name: "B", url: "https://a.example", policy: { retryOn: "any", retries: 3 } }),
  ).toEqual({
    name: { before: "A", after: "B" },
  });
});

test("of a new thing what it has is a change, and what it has not is none", () => {
  expect(changesOf(null, { name: "A", description: null })).toEqual({ name: { before: null, after: "A" } });
});

test("a long text is shortened after it was compared", () => {
  const text = "x".repeat(5_000);
  const { schema } = changesOf({ schema: `${text}a` }, { schema: `${text}b` });
  expect(schema?.before).toBe(`${"x".repeat(4_000)}…`);
  expect(schema?.after).toBe(schema?.before);
});

test("values that are masked show that they were added, removed or changed, and nothing else", () => {
  const before = { Kept: "one", Changed: "two", Removed: "three", Unreadable: null };
  const after = { Kept: "one", Changed: "other", Unreadable: "four", Added: "five" };
  const changes = maskedChanges("headers", before, after);
  expect(changes).toEqual({
    "headers.Changed": { before: "••••••", after: "••••••" },
    "headers.Removed": { before: "••••••", after: null },
    "headers.Unreadable": { before: "••••••", after: "••••••" },
    "headers.Added": { before: null, after: "••••••" },
  });
  for (const value of ["two", "other", "three", "four", "five"]) {
    expect(JSON.stringify(changes)).not.toContain(value);
  }
});
