import { expect, test } from "vitest";
import { changedFields } from "@/components/ui/changed-fields";
import { type FieldLabels, listMeanwhile, mergeMeanwhile } from "./changed-meanwhile";

const words = (values: Record<string, string>): FieldLabels =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { label: field, value }]));

test("only what differs is a change, whatever the order of a list or of keys", () => {
  const before = { name: "a", types: ["x", "y"], policy: { retries: 3, retryOn: "any" } };
  const given = { name: "b", types: ["y", "x"], policy: { retryOn: "any", retries: 3 } };
  expect(changedFields(given, before)).toEqual({ name: "b" });
  expect(changedFields({ ...given, types: ["x"] }, before)).toEqual({ name: "b", types: ["x"] });
});

test("what somebody else changed is listed, and yours beside it if you changed it to something else", () => {
  const before = words({ url: "a", name: "Before", limit: "5", policy: "3" });
  const theirs = words({ url: "a", name: "Ana's", limit: "6", policy: "4" });
  const yours = words({ url: "b", name: "Ben's", limit: "5", policy: "4" });
  expect(listMeanwhile(before, theirs, yours)).toEqual([
    { field: "name", label: "name", theirs: "Ana's", yours: "Ben's" },
    { field: "limit", label: "limit", theirs: "6", yours: null },
    { field: "policy", label: "policy", theirs: "4", yours: null },
  ]);
});

test("a change that is not visible puts all of yours to the choice", () => {
  const before = words({ url: "a", name: "Before" });
  expect(listMeanwhile(before, before, words({ url: "a", name: "Ben's" }))).toEqual([
    { field: "name", label: "name", theirs: "Before", yours: "Ben's" },
  ]);
});

test("what is saved is theirs, and over it yours, but for what was left to them", () => {
  const sides = {
    before: { url: "a", name: "Before", limit: "5" },
    theirs: { url: "a", name: "Ana's", limit: "6" },
    yours: { url: "b", name: "Ben's", limit: "5" },
  };
  expect(mergeMeanwhile(sides, new Set())).toEqual({ url: "b", name: "Ben's", limit: "6" });
  expect(mergeMeanwhile(sides, new Set(["name"]))).toEqual({ url: "b", name: "Ana's", limit: "6" });
});
