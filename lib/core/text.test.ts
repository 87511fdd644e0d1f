import { expect, test } from "vitest";
import { parseInput } from "./parse-input";
import { nameOfCharacter, text } from "./text";

const name = text({ trim: true, min: 1, max: 20 });

test.each([
  ["Invoices \u0000", "must not contain the character U+0000"],
  ["\ud800", "must not contain half of a surrogate pair (U+D800); send the whole character"],
  ["a\udc00b", "must not contain half of a surrogate pair (U+DC00); send the whole character"],
  ["  ", "must not be empty"],
  ["x".repeat(21), "must be at most 20 characters"],
])("%j is refused: %s", (value, message) => {
  expect(() => parseInput(name, value)).toThrow(message);
});

test.each([["Ana"], ["🚀 é 漢字"], ["\u0001"], ["שלום\u200f"]])("%j is taken as it is", (value) => {
  expect(parseInput(name, value)).toBe(value);
});

test("a character is named by four digits at least, as Unicode does", () => {
  expect(["\t", "\u200b", "🚀"].map(nameOfCharacter)).toEqual(["U+0009", "U+200B", "U+1F680"]);
});
