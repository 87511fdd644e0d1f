import { expect, test } from "vitest";
import * as ledger from "@/app/api/v1/ledger/route";
import type { LedgerOutput } from "../contract/ledger";
import { call, expectDone, expectFieldError, makeOtherWorkspace, startTestApi } from "../testing/api";

const { key, addEndpoint, publish } = await startTestApi();
const get = (query = "", as = key) => call<LedgerOutput>(ledger, "GET", `/ledger?${query}`, { as });

test("what was accepted is summed, in all and by day or hour, and what is due is named", async () => {
  const endpoint = await addEndpoint({ eventTypes: ["ledger.day"] });
  await publish([1, 2].map(() => ({ type: "ledger.day", data: {} })));
  const byDay = await get();
  expectDone(byDay);
  const counts = { accepted: 2, succeeded: 0, failed: 0, discarded: 0 };
  expect(byDay.body).toEqual({
    total: { ...counts, pending: 2, held: 0 },
    by: "day",
    data: [{ ...counts, open: 2, from: expect.stringMatching(/T00:00:00\.000Z$/) }],
    oldestDue: {
      deliveryId: expect.stringMatching(/^dlv_/),
      endpointId: endpoint.id,
      dueAt: expect.any(String),
      ageSeconds: expect.any(Number),
    },
    alarms: [],
    checkedAt: null,
  });
  const byHour = await get("by=hour");
  expect(byHour.body).toMatchObject({ by: "hour", data: [counts] });
  expect((await get("to=2026-01-01T00:00:00Z")).body.data).toEqual([]);
});

test("another workspace has sums of its own", async () => {
  const { key } = await makeOtherWorkspace();
  const { body } = await get("", key);
  expect(body).toMatchObject({ total: { accepted: 0, pending: 0 }, data: [], oldestDue: null });
});

test.each([
  ["by=week", "by", "must be day or hour"],
  ["from=today", "from", "RFC 3339"],
  ["from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from", "must be before to"],
  ["from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from", "must be at most 400 days before to"],
  [
    "by=hour&from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    "from",
    "must be at most 400 hours before to",
  ],
  ["by=day&by=hour", "by", "must be given only once"],
])("?%s is answered 422, naming the parameter", async (query, path, message) => {
  expectFieldError(await get(query), path, message);
});
