import { expect, test } from "vitest";
import { describeHealth, formatRate } from "./describe-health";

const endpoint = (requests: number, succeeded: number, status: "enabled" | "disabled" = "enabled") => ({
  status,
  disabledReason: status === "disabled" ? "by Ana" : null,
  health24h: { requests, succeeded, successRate: requests ? succeeded / requests : null, hours: [] },
});

test("a rate never rounds to all or nothing", () => {
  expect(formatRate(0.99999)).toBe("99.9 %");
  expect(formatRate(0.00001)).toBe("0.1 %");
  expect(formatRate(1)).toBe("100 %");
  expect(formatRate(0)).toBe("0 %");
});

test("red under 90 %, amber under 99 %", () => {
  expect(describeHealth(endpoint(1000, 899)).tone).toBe("bad");
  expect(describeHealth(endpoint(1000, 900)).tone).toBe("warn");
  expect(describeHealth(endpoint(1000, 990))).toMatchObject({ tone: "good", label: "Healthy" });
});

test("a disabled webhook says by whom, whatever its rate", () => {
  expect(describeHealth(endpoint(10, 0, "disabled"))).toEqual({
    tone: "off",
    label: "Disabled",
    detail: "by Ana",
  });
});

test("no request at all is no traffic, not health", () => {
  expect(describeHealth(endpoint(0, 0)).label).toBe("No traffic");
});
