import { beforeEach, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { settings } from "../platform/env";
import { startTestApi } from "../testing/api";
import { Overload } from "./overload";

const { addEndpoint, publish } = await startTestApi();
const base = settings();

const limit = (limits: { memoryMaxMb?: number; backlogSecondsMax?: number }) =>
  Object.assign(globalThis, { posthornSettings: { ...base, ...limits } });

beforeEach(async () => {
  await database().sql`delete from delivery_queue`;
  await database().sql`delete from endpoints`;
});

async function looked() {
  const overload = new Overload();
  await overload.look();
  return overload.check();
}

/** A webhook for which an event has been due for a minute. */
async function addLate(input: Parameters<typeof addEndpoint>[0] = {}) {
  const { id } = await addEndpoint(input);
  await publish({ type: "a.b", data: {} });
  await database().sql`update delivery_queue set due_at = now() - interval '60 seconds'`;
  await database().sql`update endpoint_states set next_due_at = now() - interval '60 seconds'`;
  return id;
}

test("without limits nothing is refused, however late and large it is", async () => {
  limit({});
  await addLate();
  expect(await looked()).toBeNull();
});

test("events are refused while what is due is older than it may be, and accepted when it is not", async () => {
  limit({ backlogSecondsMax: 30 });
  await addEndpoint();
  expect(await looked()).toBeNull();
  await addLate();
  expect(await looked()).toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(
      /^deliveries to healthy webhooks are 6\d seconds late, more than the 30 of /,
    ),
    extra: { retryAfterSeconds: 5 },
  });
  limit({ backlogSecondsMax: 120 });
  expect(await looked()).toBeNull();
});

test.each([
  ["fails", "update endpoint_states set consecutive_failures = 1"],
  ["is disabled", "update endpoint_states set disabled_at = now(), disabled_cause = 'user'"],
  ["recovers", "update endpoint_states set slow_start = 1"],
  ["holds events of before", "update endpoints set generation = generation + 1"],
  ["is being sent to", "update delivery_queue set leased = true, leased_until = now() + interval '1 minute'"],
])("what is late for a webhook that %s is not for want of room", async (_, change) => {
  limit({ backlogSecondsMax: 30 });
  await addLate();
  await database().sql.unsafe(change);
  expect(await looked()).toBeNull();
});

test("a webhook with a rate limit may be late by it", async () => {
  limit({ backlogSecondsMax: 30 });
  await addLate({ rateLimit: 1 });
  expect(await looked()).toBeNull();
});

test("events are refused while the process has more memory than it may have", async () => {
  limit({ memoryMaxMb: 1 });
  expect(await looked()).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("uses more than 1 MB of memory (POSTHORN_MEMORY_MAX_MB)"),
  });
  limit({ memoryMaxMb: 100_000 });
  expect(await looked()).toBeNull();
});
