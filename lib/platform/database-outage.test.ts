import { expect, test } from "vitest";
import { databaseFailureIn } from "./database-outage";

const refused = { name: "Error", message: "connect ECONNREFUSED 127.0.0.1:5432", code: "ECONNREFUSED" };
const failed = (cause: object) => ({
  function: "sweep",
  error: new Error("The function failed (400)", { cause }),
});

test("what a function's answer copies of the database's error is the database's trouble", () => {
  const copy = { name: "Error", message: 'Failed query: select "id" from "workspaces"', cause: refused };
  expect(databaseFailureIn(failed(copy))).toEqual({
    summary: "the database cannot be reached",
    detail: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a function that reaches another server in vain says nothing of the database", () => {
  expect(databaseFailureIn(failed({ name: "Error", message: "fetch failed", cause: refused }))).toBeNull();
});
