import { expect, test } from "vitest";
import { formatRate } from "./format-rate";

test("a rate never rounds to all or nothing", () => {
  expect(formatRate(0.99999)).toBe("99.9 %");
  expect(formatRate(0.00001)).toBe("0.1 %");
  expect(formatRate(1)).toBe("100 %");
  expect(formatRate(0)).toBe("0 %");
});
