import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTraceparent, parseTraceparent } from "./trace-context";

const example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

test("the example of the standard is read", () => {
  expect(parseTraceparent(example)).toEqual({
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    spanId: "00f067aa0ba902b7",
    flags: 1,
  });
});

test.each([
  ["a later version with more behind it", `cc${example.slice(2)}-what-the-future-will-be-like`],
  ["a later version with nothing behind it", `cc${example.slice(2)}`],
])("%s is read by what it has in common", (_, text) => {
  expect(parseTraceparent(text)).toEqual(parseTraceparent(example));
});

test.each([
  ["none", null],
  ["empty", ""],
  ["version ff", `ff${example.slice(2)}`],
  ["more behind version 00", `${example}-01`],
  ["a later version with letters behind its flags", `cc${example.slice(2)}.what`],
  ["capital letters", example.toUpperCase()],
  ["a trace of zeros", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`],
  ["a span of zeros", `00-4bf92f3577b34da6a3ce929d0e0e4736-${"0".repeat(16)}-01`],
  ["a short trace", "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"],
  ["two of them", `${example}, ${example}`],
  ["a long one", `cc${example.slice(2)}-${"x".repeat(1_000)}`],
])("%s is none", (_, text) => {
  expect(parseTraceparent(text)).toBeNull();
});

test("what is written is read again", () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
  const notZero = (text: string) => !/^0+$/.test(text);
  fc.assert(
    fc.property(
      hex(32).filter(notZero),
      hex(16).filter(notZero),
      fc.integer({ min: 0, max: 255 }),
      (traceId, spanId, flags) => {
        const context = { traceId, spanId, flags };
        expect(parseTraceparent(formatTraceparent(context))).toEqual(context);
      },
    ),
  );
});
