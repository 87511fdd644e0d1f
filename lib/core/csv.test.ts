import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("cells are quoted if they hold what separates cells and lines", () => {
  expect(csvLine(["a", 'say "b"', "c,d", "e\nf", 5, true, null])).toBe(
    'a,"say ""b""","c,d","e\nf",5,true,\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])("%j is no formula", (text) => {
  expect(csvLine([text])).toBe(`"'${text}"\r\n`);
});

test("a number may be negative", () => {
  expect(csvLine([-5])).toBe("-5\r\n");
});
