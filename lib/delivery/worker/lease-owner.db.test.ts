import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { database } from "@/db/connection/database";
import { claimDeliveries } from "@/db/queries/claim-deliveries";
import { createTestWorkspace, type TestWorkspace } from "../../testing/test-workspace";
import { LeaseOwner } from "./lease-owner";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
  await workspace.addEndpoint();
});
afterAll(() => workspace.close());
beforeEach(() => workspace.publish([1, 2, 3, 4].map((n) => ({ type: "lease.taken", data: { n } }))));
afterEach(() => database().sql`truncate delivery_queue, delivery_leases, lease_owners`);

function owner(): LeaseOwner {
  const made = new LeaseOwner(randomUUID());
  onTestFinished(() => made.end());
  return made;
}

/** Two deliveries, leased for a minute. */
async function claim(by: string) {
  const claimed = await claimDeliveries(database().engine, {
    slots: 2,
    bytes: 1e6,
    leaseSeconds: 60,
    owner: by,
  });
  expect(claimed.deliveries).toHaveLength(2);
}

/** How many deliveries each process has leased. */
async function leases(): Promise<Record<string, number>> {
  const rows = await database().sql<{ owner: string; n: number }[]>`
    select leased_by as owner, sum(cardinality(deliveries))::int as n from delivery_leases group by 1`;
  return Object.fromEntries(rows.map((row) => [row.owner, row.n]));
}

/** The process is no longer heard of. */
const fallSilent = (id: string) =>
  database().sql`update lease_owners set seen_at = now() - interval '16 seconds' where id = ${id}`;

test("a process gives back what its predecessor was sending, before its first claim, and nothing of others", async () => {
  const [id, other] = [randomUUID(), randomUUID()];
  await claim(id);
  await claim(other);
  const successor = new LeaseOwner(id);
  onTestFinished(() => successor.end());
  await successor.begin();
  expect(await leases()).toEqual({ [other]: 2 });
  // Once: what it has claimed since is its own.
  await claim(id);
  await successor.begin();
  expect(await leases()).toEqual({ [other]: 2, [id]: 2 });
});

test("a process knows whether others are alive", async () => {
  const [one, other] = [owner(), owner()];
  await one.begin();
  expect(one.hasOthers).toBe(false);
  await other.begin();
  expect(other.hasOthers).toBe(true);
  await one.beat();
  expect(one.hasOthers).toBe(true);
  await fallSilent(other.id);
  await one.beat();
  expect(one.hasOthers).toBe(false);
});

test("what a process that fell silent was sending is given back by another, and can be claimed at once", async () => {
  const [dead, alive, taker] = [owner(), owner(), owner()];
  for (const one of [dead, alive, taker]) await one.begin();
  await claim(dead.id);
  await claim(alive.id);
  await fallSilent(dead.id);
  await taker.beat();
  await taker.beat();
  expect(await leases()).toEqual({ [alive.id]: 2 });
  await claim(taker.id);
  expect(await leases()).toEqual({ [alive.id]: 2, [taker.id]: 2 });
});

test("a probe that a dead process was sending does not prevent another one", async () => {
  const [dead, taker] = [owner(), owner()];
  for (const one of [dead, taker]) await one.begin();
  const { sql, engine } = database();
  await sql`update endpoint_states set consecutive_failures = 7, next_probe_at = now() - interval '1 second'`;
  onTestFinished(async () => {
    await sql`update endpoint_states set consecutive_failures = 0, next_probe_at = null, probe_token = null, probe_until = null`;
  });
  const probe = () =>
    claimDeliveries(engine, { slots: 9, bytes: 1e6, leaseSeconds: 60, owner: dead.id }).then(
      ({ deliveries }) => deliveries.map(({ trigger }) => trigger),
    );
  expect(await probe()).toEqual(["probe"]);
  expect(await probe()).toEqual([]);
  await fallSilent(dead.id);
  for (let n = 0; n < 3; n++) await taker.beat();
  expect(await probe()).toEqual(["probe"]);
});

test("after an outage nobody takes over from another before all that are alive could be heard", async () => {
  const [one, other] = [owner(), owner()];
  await other.begin();
  await claim(other.id);
  await fallSilent(other.id);
  await one.begin();
  await one.beat();
  expect(await leases()).toEqual({ [other.id]: 2 });
  await other.beat();
  await one.beat();
  await one.beat();
  expect(await leases()).toEqual({ [other.id]: 2 });
});

/** Seconds for which a process's silence does not count yet; 0 if it was just heard. */
async function secondsAhead(id: string): Promise<number> {
  const [row] = await database().sql<{ ahead: number }[]>`
    select greatest(0, round(extract(epoch from seen_at - now())))::int as ahead from lease_owners where id = ${id}`;
  return row?.ahead ?? Number.NaN;
}

/** From now on this process's clock is so much later. */
function passSeconds(seconds: number) {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + seconds * 1_000);
  onTestFinished(() => clock.mockRestore());
}

test("a process that is alone and claims nothing is heard ahead, and before it claims again as it was", async () => {
  const one = owner();
  await one.begin();
  await one.beat();
  expect(await secondsAhead(one.id)).toBe(0);
  passSeconds(61);
  await one.beat();
  expect(await secondsAhead(one.id)).toBe(15);
  await one.begin();
  expect(await secondsAhead(one.id)).toBe(0);
});

test("a process that claims nothing and is not alone is heard as before, and takes over no sooner", async () => {
  const [one, other] = [owner(), owner()];
  await one.begin();
  passSeconds(61);
  await one.beat();
  await other.begin();
  await claim(other.id);
  await fallSilent(other.id);
  // The first one is ahead still; those that follow are not.
  await one.beat();
  expect(await leases()).toEqual({ [other.id]: 2 });
  await one.beat();
  expect(await secondsAhead(one.id)).toBe(0);
  await one.beat();
  expect(await leases()).toEqual({});
});

test("a process that ends in order gives back what it did not finish, and is forgotten", async () => {
  const ending = new LeaseOwner(randomUUID());
  await ending.begin();
  await claim(ending.id);
  await ending.end();
  expect(await leases()).toEqual({});
  expect(await database().sql`select id from lease_owners where id = ${ending.id}`).toEqual([]);
});
