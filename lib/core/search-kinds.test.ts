import { expect, test } from "vitest";
import { parsePayloadSearch } from "./payload-search";
import { readSearch, searchKinds, writeSearch } from "./search-kinds";

test.each([
  ["cus_4321", { kind: "whole", text: "cus_4321" }],
  ["cus_43*", { kind: "prefix", text: "cus_43" }],
  ["cus_43…", { kind: "prefix", text: "cus_43" }],
  ['"pool exhausted"', { kind: "text", text: "pool exhausted" }],
  ['"', { kind: "whole", text: '"' }],
  ["*", { kind: "whole", text: "*" }],
] as const)("%s is read as the API reads it: %j", (search, read) => {
  expect(readSearch(search)).toEqual(read);
  const payload = parsePayloadSearch(search);
  expect("text" in payload ? "text" : payload.forms[0]?.prefix ? "prefix" : "whole").toBe(read.kind);
  expect("text" in payload ? payload.text : payload.forms[0]?.value).toBe(read.text);
});

test("each way of searching keeps the text that is searched for", () => {
  for (const { kind } of searchKinds)
    expect(readSearch(writeSearch({ kind, text: "cus_4321" }))).toEqual({ kind, text: "cus_4321" });
});
