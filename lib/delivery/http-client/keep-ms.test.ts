import { expect, test } from "vitest";
import { keepMs } from "./keep-ms";

test("a connection is closed two seconds before its receiver closes it, and after 4 s if it does not say", () => {
  expect(keepMs("timeout=5")).toBe(3_000);
  expect(keepMs('max=100, Timeout = "60"')).toBe(58_000);
  expect(keepMs("timeout=99999999")).toBe(600_000);
  for (const silent of [undefined, "", "max=5", "mytimeout=9", "timeout=x"])
    expect(keepMs(silent)).toBe(4_000);
});

test("a connection that its receiver gives up within two seconds is not kept", () => {
  for (const header of ["timeout=0", "timeout=1", "timeout=2"]) expect(keepMs(header)).toBeLessThanOrEqual(0);
});
