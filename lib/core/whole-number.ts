import { isSafeNumber } from "lossless-json";
import { z } from "zod";

/**
 * A whole number in a body: a plain number, or an instance of the lossless parser's class, whose digits are in its
 * text. The instance throws if it is converted and out of range, like 1e400.
 */
export function wholeNumber({ min, max }: { min: number; max: number }) {
  const allows = (value: unknown) =>
    isNumber(value) && isSafeNumber(String(value)) && isWithin(Number(value), { min, max });
  return z
    .custom<number>(allows, `must be a whole number from ${min} to ${max}`)
    .meta({ type: "integer", minimum: min, maximum: max })
    .transform(Number)
    .pipe(z.int().min(min).max(max));
}

/** A whole number in a query: digits only, in no other notation. */
export function wholeNumberText({ min, max }: { min: number; max: number }) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.preprocess(
    (value) => (typeof value === "string" && /^(0|[1-9]\d{0,8})$/.test(value) ? Number(value) : value),
    z.int(message).min(min, message).max(max, message),
  );
}

/** A whole number in a query, or in a body that has the same fields as one. */
export function wholeNumberOrText({ min, max }: { min: number; max: number }) {
  return z.preprocess((value) => (isNumber(value) ? String(value) : value), wholeNumberText({ min, max }));
}

function isWithin(number: number, { min, max }: { min: number; max: number }): boolean {
  return Number.isInteger(number) && number >= min && number <= max;
}

/** By its class: an object of a request may have any key without being a number. */
function isNumber(value: unknown): boolean {
  if (typeof value === "number") return true;
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) !== Object.prototype
  );
}
