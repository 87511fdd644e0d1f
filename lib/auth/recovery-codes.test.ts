import { expect, test } from "vitest";
import { hashRecoveryCode, makeRecoveryCodes } from "./recovery-codes";

test("ten codes are made, no two alike, in groups that can be written down", () => {
  const codes = makeRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
});

test("a code is the same in any case, with or without dashes, and with letters that look like its digits", () => {
  const stored = hashRecoveryCode("ana", "0101-9wd2-hq4m-x0tc");
  expect(stored).not.toBeNull();
  for (const typed of ["0101-9WD2-HQ4M-X0TC", "01019wd2hq4mx0tc", " oi0l 9wd2 hq4m xotc "]) {
    expect(hashRecoveryCode("ana", typed)).toBe(stored);
  }
});

test("a code is of one account only", () => {
  const code = "k3v7-9wd2-hq4m-x0tc";
  expect(hashRecoveryCode("ana", code)).not.toBe(hashRecoveryCode("ben", code));
});

test.each(["", "123456", "k3v7-9wd2-hq4m", "k3v7-9wd2-hq4m-x0tcc", "k3v7-9wd2-hq4m-x0t!"])(
  "%j is no recovery code",
  (typed) => {
    expect(hashRecoveryCode("ana", typed)).toBeNull();
  },
);
