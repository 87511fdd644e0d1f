import { expect, test } from "vitest";
import { matchTotpCode, totpUri } from "./totp";

/** The SHA-1 secret of RFC 6238, appendix B ("12345678901234567890"), in base32. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const at = (seconds: number) => new Date(seconds * 1_000);
const match = (code: string, seconds: number, lastStep: number | null = null) =>
  matchTotpCode({ secret, code, lastStep, now: at(seconds) });

const vectors = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
] as const;

test.each(vectors)("at %i seconds the code is the one of RFC 6238", (seconds, code) => {
  expect(match(code, seconds)).toBe(Math.floor(seconds / 30));
});

test("a code is taken a step early and late, and neither before nor after that", () => {
  const step = Math.floor(1_111_111_109 / 30);
  const starts = step * 30;
  expect(match("081804", starts - 30)).toBe(step);
  expect(match("081804", starts + 59)).toBe(step);
  expect(match("081804", starts - 31)).toBeNull();
  expect(match("081804", starts + 60)).toBeNull();
});

test("a code does once, and one of an earlier step not after a later one", () => {
  const step = Math.floor(1_234_567_890 / 30);
  expect(match("005924", 1_234_567_890, step)).toBeNull();
  expect(match("005924", 1_234_567_890, step + 1)).toBeNull();
  expect(match("005924", 1_234_567_890, step - 1)).toBe(step);
});

test("a clock that was set back does not shut anybody out", () => {
  const step = Math.floor(1_234_567_890 / 30);
  expect(match("005924", 1_234_567_890, step + 100)).toBe(step);
});

test.each(["", "28708", "2870822", "abcdef", "28708x"])("%j is no code", (code) => {
  expect(match(code, 59)).toBeNull();
});

test("spaces, as an app shows them, are nothing", () => {
  expect(match("287 082", 59)).toBe(1);
});

test("the QR code names the instance and the account", () => {
  const uri = new URL(totpUri({ secret, email: "ana@example.com", host: "hooks.example.com" }));
  expect(uri.protocol).toBe("otpauth:");
  expect(uri.searchParams.get("secret")).toBe(secret);
  expect(uri.searchParams.get("issuer")).toBe("Posthorn (hooks.example.com)");
  expect(decodeURIComponent(uri.pathname)).toContain("ana@example.com");
});
