import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ApiError } from "./api-error";
import { polled } from "./polled";

const query = <Data>(data: Data | undefined, error: Error | null = null) => ({ state: { data, error } });

test("what was read says how soon it is read again", () => {
  expect(polled(query(3), (seconds) => seconds * 1_000)).toBe(3_000);
  expect(polled(query(3), () => false)).toBe(false);
});

test("a query that failed is tried again, whatever it had read", () => {
  for (const status of [0, 500, 502, 503]) {
    expect(polled(query(undefined, new ApiError({ status })), () => false)).toBe(5_000);
    expect(polled(query(3, new ApiError({ status })), () => false)).toBe(5_000);
  }
  expect(polled(query(3, new ApiError({ status: 403 })), () => false)).toBe(30_000);
});

test("a first read that was canceled is made up for", () => {
  expect(polled(query(undefined), () => false)).toBe(5_000);
});

test("every query says by this how soon it is read again", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" });
  const intervals = files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => readFileSync(join("components", file), "utf8").split("refetchInterval").slice(1));
  expect(intervals.length).toBeGreaterThan(5);
  for (const interval of intervals) expect(interval.slice(0, 160)).toContain("polled(query, ");
});
