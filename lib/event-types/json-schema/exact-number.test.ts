import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNumbers, exactNumber, isInteger, isMultipleOf } from "./exact-number";

/** A decimal number as a whole number of hundredths of hundredths, and as text. */
const decimal = fc
  .tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: 0, max: 30 }))
  .map(([whole, places]) => ({ text: `${whole}e-${places}`, scaled: whole * 10n ** BigInt(30 - places) }));
const sign = (value: bigint | number) => (value < 0 ? -1 : value > 0 ? 1 : 0);

test("two decimal numbers compare as their exact values do", () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(sign(compareNumbers(exactNumber(a.text), exactNumber(b.text)))).toBe(sign(a.scaled - b.scaled));
    }),
  );
});

test("a number is a multiple of another exactly if division leaves no remainder", () => {
  fc.assert(
    fc.property(decimal, decimal, fc.boolean(), (a, b, multiply) => {
      fc.pre(b.scaled > 0n);
      // Few pairs divide by chance.
      const number = multiply ? { text: `${a.scaled * b.scaled}e-60`, scaled: a.scaled * b.scaled } : a;
      const divides = multiply ? a.scaled % 10n ** 30n === 0n : a.scaled % b.scaled === 0n;
      expect(isMultipleOf(exactNumber(number.text), exactNumber(b.text))).toBe(divides);
    }),
  );
});

test.each([
  ["0", true],
  ["-0.0", true],
  ["10.00", true],
  ["1e2", true],
  ["1.5e1", true],
  ["1.55e1", false],
  ["100e-2", true],
  ["101e-2", false],
])("%s is whole: %s", (text, whole) => {
  expect(isInteger(exactNumber(text))).toBe(whole);
});
