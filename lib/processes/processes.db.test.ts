import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { database } from "@/db/connection/database";
import { notify } from "@/db/queries/notify";
import { tcpFront } from "@/db/testing/tcp-front";
import { settings } from "../platform/env";
import {
  deliveriesDue,
  emailsDue,
  registerTransport,
  replaysDue,
  type Signal,
  signalOthers,
} from "../platform/signals";
import { createTestInstance } from "../testing/test-instance";
import { signalsChannel } from "./channel";
import { hearProcesses } from "./hear-processes";
import { signalProcesses } from "./signal-processes";

let instance: Awaited<ReturnType<typeof createTestInstance>>;
beforeAll(async () => {
  instance = await createTestInstance();
});
afterAll(() => instance.close());

/** What reached this process's functions. */
let signals: Signal[] = [];
beforeEach(() => {
  signals = [];
  registerTransport(async (signal) => signals.push(signal));
  onTestFinished(() => registerTransport(null));
});

/** Another process of the installation signals. */
const otherSignals = (signal: object, from: string = randomUUID()) =>
  notify(database().sql, { channel: signalsChannel, payload: JSON.stringify({ ...signal, from }) });

async function listeners(): Promise<number> {
  const [row] = await database().sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and query like 'listen %'`;
  return row?.n ?? 0;
}

async function hear() {
  const hearing = hearProcesses();
  onTestFinished(hearing.stop);
  await vi.waitFor(async () => expect(await listeners()).toBe(1));
}

test("what another process signals reaches the functions of this one, and nothing that nobody knows", async () => {
  await hear();
  await notify(database().sql, { channel: signalsChannel, payload: "no JSON" });
  await otherSignals({ name: "posthorn/of-a-later-version" });
  await otherSignals({ name: replaysDue });
  await otherSignals({ name: emailsDue });
  await otherSignals({ name: deliveriesDue });
  await vi.waitFor(() => expect(signals).toHaveLength(3));
  expect(signals).toEqual([{ name: replaysDue }, { name: emailsDue }, { name: deliveriesDue }]);
});

test("a delivery that falls due at a time is signalled for that time", async () => {
  await hear();
  const ts = (Math.floor(Date.now() / 1000) + 20) * 1000;
  await otherSignals({ name: deliveriesDue, ts });
  await vi.waitFor(() => expect(signals).toEqual([{ name: deliveriesDue, id: `due:${ts / 1000}`, ts }]));
});

test("a process does not hear itself", async () => {
  await hear();
  await signalProcesses({ name: replaysDue });
  await otherSignals({ name: replaysDue }, settings().processId);
  await otherSignals({ name: emailsDue });
  await vi.waitFor(() => expect(signals).toEqual([{ name: emailsDue }]));
});

test("a process that listens can call for others, and one that has stopped cannot", async () => {
  const heard: unknown[] = [];
  const other = await database().sql.listen(signalsChannel, (payload) => heard.push(JSON.parse(payload)));
  onTestFinished(other.unlisten);
  const hearing = hearProcesses();
  signalOthers();
  await vi.waitFor(() => expect(heard).toEqual([{ name: deliveriesDue, from: settings().processId }]));
  await hearing.stop();
  signalOthers();
  await signalProcesses({ name: emailsDue });
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard[1]).toMatchObject({ name: emailsDue });
});

test("a listener whose connection is lost listens again, looks at once, and hears as before", async () => {
  const direct = settings();
  const front = tcpFront(direct.databaseUrl);
  onTestFinished(front.shut);
  Object.assign(globalThis, { posthornSettings: { ...direct, databaseUrl: await front.open() } });
  onTestFinished(() => void Object.assign(globalThis, { posthornSettings: direct }));
  await hear();
  await front.shut();
  await vi.waitFor(async () => expect(await listeners()).toBe(0));
  // Nobody hears it; that listening begins again has the process look.
  await otherSignals({ name: emailsDue });
  expect(signals).toEqual([]);
  await front.open();
  await vi.waitFor(async () => expect(await listeners()).toBe(1), { timeout: 10_000 });
  await vi.waitFor(() =>
    expect(signals.map(({ name }) => name)).toEqual([deliveriesDue, replaysDue, emailsDue]),
  );
  signals = [];
  await otherSignals({ name: replaysDue });
  await vi.waitFor(() => expect(signals).toEqual([{ name: replaysDue }]));
});
