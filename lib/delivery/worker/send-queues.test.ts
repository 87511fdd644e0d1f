import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import { retryPolicyDefault } from "../../core/endpoints";
import { Random } from "../../testing/random.mjs";
import { SendQueues } from "./send-queues";

const delivery = (fields: Partial<ClaimedDelivery> = {}): ClaimedDelivery => ({
  id: randomUUID(),
  token: "t",
  workspaceId: "w",
  endpointId: "a",
  eventId: "e",
  type: "x",
  test: false,
  trigger: "automatic",
  pending: true,
  attempts: 0,
  automaticAttempts: 0,
  body: "{}",
  traceparent: null,
  url: "http://127.0.0.1:9/",
  retryPolicy: retryPolicyDefault,
  headers: {},
  secrets: [],
  concurrency: 2,
  ...fields,
});
const several = (count: number, fields: Partial<ClaimedDelivery> = {}) =>
  Array.from({ length: count }, () => delivery(fields));

const sockets = 100;

test("an endpoint has as many in flight as it may have, and the others wait in their order", () => {
  const queues = new SendQueues();
  const [one, two, three, four] = several(4);
  if (!one || !two || !three || !four) throw new Error("four were made");
  expect(queues.add([one, two, three, four], 0, sockets)).toEqual([one, two]);
  expect(queues.waitingCount).toBe(2);
  expect(queues.waitingBodies).toBe(4);
  expect(queues.takeDue(100)).toEqual([]);
  expect(queues.ended("a", true, 1)).toEqual([]);
  expect(queues.takeDue(100)).toEqual([three]);
  queues.ended("a", true, 1);
  queues.ended("a", true, 1);
  expect(queues.takeDue(100)).toEqual([four]);
  expect([queues.waitingCount, queues.waitingBodies]).toEqual([0, 0]);
});

test("no more is sent than there are sockets", () => {
  const queues = new SendQueues();
  queues.add([...several(4), ...several(4, { endpointId: "b" })], 0, sockets);
  for (const endpointId of ["a", "a", "b", "b"]) queues.ended(endpointId, true, 1);
  expect(queues.takeDue(0)).toEqual([]);
  expect(queues.takeDue(3)).toHaveLength(3);
  expect(queues.takeDue(3)).toHaveLength(1);
});

test("what is claimed beyond the free sockets waits, though its endpoint may have more in flight", () => {
  const queues = new SendQueues();
  const claimed = [...several(2), ...several(2, { endpointId: "b" })];
  expect(queues.add(claimed, 0, 3)).toEqual(claimed.slice(0, 3));
  expect(queues.waitingCount).toBe(1);
  expect(queues.takeDue(1)).toEqual(claimed.slice(3));
});

test("what a person asked for, a test and a probe wait for nothing", () => {
  const queues = new SendQueues();
  queues.add(several(5), 0, sockets);
  for (const trigger of ["manual", "test", "probe"] as const) {
    const asked = delivery({ trigger, concurrency: null });
    expect(queues.add([asked], 0, sockets)).toEqual([asked]);
  }
  const replayed = delivery({ trigger: "replay" });
  expect(queues.add([replayed], 0, sockets)).toEqual([]);
});

test("a failure gives back what waits for its endpoint, and nothing of others", () => {
  const queues = new SendQueues();
  const claimed = several(5);
  queues.add([...claimed, ...several(3, { endpointId: "b" })], 0, sockets);
  expect(queues.ended("a", false, 1)).toEqual(claimed.slice(2));
  expect(queues.waitingCount).toBe(1);
  expect(queues.ahead(500).endpoints).toEqual([{ endpointId: "b", count: 0 }]);
});

test("what waits for longer than a second is given back, and what waits for endpoints that are closed", () => {
  const queues = new SendQueues();
  const [, , late] = queues.add(several(2), 0, sockets).concat(several(1));
  if (!late) throw new Error("three were made");
  queues.add([late], 0, sockets);
  queues.add(several(3, { endpointId: "b" }), 900, sockets);
  expect(queues.takeBack(1_000)).toEqual([]);
  expect(queues.takeBack(1_001)).toEqual([late]);
  expect(queues.takeBack(1_001, ["b"])).toHaveLength(1);
  expect(queues.waitingCount).toBe(0);
});

test("as many may wait as the endpoint took within 200 ms, if it took them just now", () => {
  const queues = new SendQueues();
  const answers = (count: number, atMs: number) => {
    for (let n = 0; n < count; n += 1) {
      queues.add([delivery()], atMs, sockets);
      queues.ended("a", true, atMs);
    }
  };
  expect(queues.ahead(0)).toEqual({ slots: 0, isLow: false, endpoints: [] });
  answers(7, 0);
  expect(queues.ahead(100).slots).toBe(0);
  expect(queues.ahead(200)).toEqual({ slots: 7, isLow: true, endpoints: [{ endpointId: "a", count: 7 }] });
  queues.add(several(6), 210, sockets);
  expect(queues.ahead(220)).toMatchObject({ slots: 3, isLow: false });
  queues.ended("a", false, 230);
  expect(queues.ahead(240).slots).toBe(0);
  answers(7, 250);
  // Nothing ended for a while: it is not known to be as fast any more.
  expect(queues.ahead(1_000).slots).toBe(0);
});

test("512 wait at most, shared by what endpoints take", () => {
  const queues = new SendQueues();
  for (const [endpointId, count] of Object.entries({ a: 3_000, b: 1_000 })) {
    for (let n = 0; n < count; n += 1) {
      queues.add([delivery({ endpointId })], 0, sockets);
      queues.ended(endpointId, true, 0);
    }
  }
  expect(queues.ahead(200)).toEqual({
    slots: 512,
    isLow: true,
    endpoints: [
      { endpointId: "a", count: 384 },
      { endpointId: "b", count: 128 },
    ],
  });
});

test("what waits goes to where its endpoint is by now", () => {
  const queues = new SendQueues();
  const [, , waiting] = queues.add(several(2), 0, sockets).concat(several(1));
  if (!waiting) throw new Error("three were made");
  queues.add([waiting], 0, sockets);
  const secrets = [{ kind: "hmac" as const, ciphertext: "new" }];
  queues.add([delivery({ url: "http://127.0.0.1:10/", secrets })], 1, sockets);
  expect(waiting).toMatchObject({ url: "http://127.0.0.1:10/", secrets });
});

test("whatever happens, each delivery is sent once or given back once, in turn and within the concurrency", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = new Random(seed);
    const queues = new SendQueues();
    const claimed: string[] = [];
    const sent: ClaimedDelivery[] = [];
    const back: ClaimedDelivery[] = [];
    const inFlight: ClaimedDelivery[] = [];
    let nowMs = 0;
    const send = (due: ClaimedDelivery[]) => {
      sent.push(...due);
      inFlight.push(...due);
    };
    for (let step = 0; step < 200; step += 1) {
      nowMs += random.below(60);
      const what = random.below(10);
      if (what < 3) {
        const more = several(random.below(6), { endpointId: random.pick(["a", "b", "c"]), concurrency: 3 });
        claimed.push(...more.map(({ id }) => id));
        send(queues.add(more, nowMs, sockets));
      } else if (what < 7) {
        const [ended] = inFlight.splice(random.below(Math.max(1, inFlight.length)), 1);
        if (ended) back.push(...queues.ended(ended.endpointId, random.below(20) > 0, nowMs));
      } else if (what < 9) send(queues.takeDue(100));
      else back.push(...queues.takeBack(nowMs, random.below(5) === 0 ? ["b"] : []));
      for (const endpointId of ["a", "b", "c"])
        expect(inFlight.filter((one) => one.endpointId === endpointId).length).toBeLessThanOrEqual(3);
      expect(queues.waitingCount).toBe(claimed.length - sent.length - back.length);
    }
    back.push(...queues.takeAllBack());
    expect(queues.waitingBodies).toBe(0);
    const ids = (all: ClaimedDelivery[]) => all.map(({ id }) => id);
    expect([...ids(sent), ...ids(back)].sort()).toEqual([...claimed].sort());
    const order = new Map(claimed.map((id, place) => [id, place]));
    for (const endpointId of ["a", "b", "c"]) {
      const places = sent.filter((one) => one.endpointId === endpointId).map(({ id }) => order.get(id) ?? -1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  }
});
