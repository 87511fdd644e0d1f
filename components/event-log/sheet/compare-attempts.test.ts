import { expect, test } from "vitest";
import { testAttempt } from "@/components/testing/test-delivery";
import { compareAttempts, compareTimings, pairToCompare } from "./compare-attempts";

const response = (body: string, headers: Record<string, string> = {}) => ({
  headers,
  body,
  truncated: false,
});

const good = testAttempt({
  id: "att_1",
  number: 1,
  httpStatus: 200,
  remoteAddress: "203.0.113.9",
  request: { headers: { "webhook-timestamp": "1", "webhook-signature": "v1,a", "x-env": "••••" } },
  response: response("ok", { date: "Fri", server: "nginx" }),
});
const bad = testAttempt({
  id: "att_2",
  number: 2,
  httpStatus: 502,
  url: "https://api.example.com/v2",
  remoteAddress: "203.0.113.10",
  request: { headers: { "webhook-timestamp": "2", "webhook-signature": "v1,b" } },
  response: response("bad gateway", { date: "Sat", server: "caddy" }),
});

test("URL, address, headers and response are compared, and not what is another one each time", () => {
  expect(compareAttempts(good, bad)).toEqual([
    { part: "URL", before: "https://api.example.com/hooks", after: "https://api.example.com/v2" },
    { part: "Address", before: "203.0.113.9", after: "203.0.113.10" },
    { part: "Request header x-env", before: "••••", after: null },
    { part: "Result", before: "200", after: "502" },
    { part: "Response header server", before: "nginx", after: "caddy" },
    { part: "Response body", before: "ok", after: "bad gateway" },
  ]);
  expect(compareAttempts(good, { ...good, id: "att_3", startedAt: "2027-01-01T00:00:00.000Z" })).toEqual([]);
});

test("without a response its failure is said, and the body is none", () => {
  const silent = testAttempt({ httpStatus: null, error: "timeout", url: good.url });
  const parts = compareAttempts(good, silent);
  expect(parts).toContainEqual({
    part: "Result",
    before: "200",
    after: "No complete response within 15 seconds",
  });
  expect(parts).toContainEqual({ part: "Response body", before: "ok", after: null });
});

test("phases that neither came to are left out, and the total is always there", () => {
  const none = { dnsMs: null, connectMs: null, tlsMs: null, waitMs: 30, readMs: 1 };
  const opened = { ...none, connectMs: 9, waitMs: 15_000, readMs: null };
  expect(
    compareTimings(
      { ...good, durationMs: 31, timings: none },
      { ...bad, durationMs: 15_009, timings: opened },
    ),
  ).toEqual([
    { label: "Connect", before: null, after: 9 },
    { label: "Wait", before: 30, after: 15_000 },
    { label: "Read", before: 1, after: null },
    { label: "Total", before: 31, after: 15_009 },
  ]);
  expect(compareTimings(good, bad)).toEqual([{ label: "Total", before: 40, after: 40 }]);
});

const numbered = (...statuses: number[]) =>
  statuses
    .map((httpStatus, index) => testAttempt({ id: `att_${index + 1}`, number: index + 1, httpStatus }))
    .reverse();
const pairOf = (...args: Parameters<typeof pairToCompare>) => {
  const pair = pairToCompare(...args);
  return pair && [pair.before.id, pair.after.id];
};

test("at first the last success and the first failure after it are compared", () => {
  expect(pairOf(numbered(200, 500, 500), null)).toEqual(["att_1", "att_2"]);
  expect(pairOf(numbered(500, 200, 503, 500), null)).toEqual(["att_2", "att_3"]);
});

test("without a success of its own it is compared with the webhook's last one, else with its next attempt", () => {
  const reference = { ...good, id: "att_other" };
  expect(pairOf(numbered(500, 503, 200), reference)).toEqual(["att_other", "att_1"]);
  expect(pairOf(numbered(500, 503), null)).toEqual(["att_1", "att_2"]);
  expect(pairOf(numbered(500), null)).toBeNull();
  expect(pairOf(numbered(200), reference)).toBeNull();
});
