/** A decimal number with all its digits: `digits` × 10^`exponent`. Digits neither begin nor end with 0; zero has none. */
export type ExactNumber = { negative: boolean; digits: string; exponent: bigint };

const numberPattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The number of a JSON text (RFC 8259, section 6), however many digits it has. */
export function exactNumber(text: string): ExactNumber {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = numberPattern.exec(text) ?? [];
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") return { negative: false, digits, exponent: 0n };
  return {
    negative: sign === "-",
    digits,
    exponent: BigInt(exponent) - BigInt(fraction.length) + BigInt(all.length - digits.length),
  };
}

/** Below 0 if `a` is less than `b`, 0 if they are equal, above 0 otherwise. */
export function compareNumbers(a: ExactNumber, b: ExactNumber): number {
  const signs = signOf(a) - signOf(b);
  if (signs !== 0 || a.digits === "") return signs;
  return a.negative ? compareSizes(b, a) : compareSizes(a, b);
}

export function isInteger(number: ExactNumber): boolean {
  return number.exponent >= 0n;
}

/** @param divisor above 0 */
export function isMultipleOf(number: ExactNumber, divisor: ExactNumber): boolean {
  if (number.digits === "") return true;
  const shift = number.exponent - divisor.exponent;
  // Its digits do not end with 0, so it is not a multiple of ten.
  if (shift < 0n) return false;
  const by = BigInt(divisor.digits);
  return (BigInt(number.digits) * powerOfTen(shift, by)) % by === 0n;
}

function signOf({ negative, digits }: ExactNumber): number {
  if (digits === "") return 0;
  return negative ? -1 : 1;
}

function compareSizes(a: ExactNumber, b: ExactNumber): number {
  const lengths = a.exponent + BigInt(a.digits.length) - b.exponent - BigInt(b.digits.length);
  if (lengths !== 0n) return lengths < 0n ? -1 : 1;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}

/** 10^exponent modulo a number, by squaring: a JSON number's exponent is not limited. */
function powerOfTen(exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus;
  let factor = 10n % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}
