import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  deliveriesDue,
  engineState,
  registerOthers,
  registerTransport,
  reportEngine,
  setLocalDrain,
  signalDue,
  signalDueAt,
  signalEmails,
  signalOthers,
  signalReplays,
} from "./signals";

const errors: string[] = [];
// The process's log, kept here instead of on standard error.
Object.assign(globalThis, { posthornLog: pino({ level: "error" }, { write: (line) => errors.push(line) }) });

const start = Date.parse("2026-11-20T12:00:00.250Z");
let sent: string[] = [];
let fail: Error | null = null;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  sent = [];
  errors.length = 0;
  fail = null;
  const send = async (what: string) => {
    sent.push(what);
    if (fail) throw fail;
  };
  registerTransport(({ name, ts }) => {
    const what = name.replace(/^posthorn\/(deliveries\.)?/, "").replace(/\.due$/, "");
    return send(ts === undefined ? what : `${what}:${ts / 1000 - Math.floor(start / 1000)}`);
  });
});

afterEach(async () => {
  await vi.runAllTimersAsync();
  registerTransport(null);
  setLocalDrain(null);
  vi.useRealTimers();
});

const inMs = (ms: number) => new Date(Date.now() + ms);

test("the first signal leaves at once, those within 100 ms as one, and a lone one has no echo", async () => {
  signalDue();
  expect(sent).toEqual(["due"]);
  for (let i = 0; i < 1000; i++) signalDue();
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toHaveLength(2);
  signalDue();
  expect(sent).toHaveLength(3);
});

test("a steady stream of signals leaves as one each 100 ms", async () => {
  for (let ms = 0; ms < 1000; ms++) {
    signalDue();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(sent).toHaveLength(11);
});

test("calls for other processes leave as one each second, also while a drain runs here, and to nobody if there is none", async () => {
  signalOthers();
  const toOthers = vi.fn(async () => undefined);
  registerOthers(toOthers);
  setLocalDrain(() => undefined);
  for (let ms = 0; ms < 5_000; ms += 10) {
    signalOthers();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(toOthers).toHaveBeenCalledTimes(5 + 1);
  expect(toOthers).toHaveBeenCalledWith({ name: deliveriesDue });
  expect(sent).toEqual([]);
  registerOthers(null);
});

test("a signal while a drain runs here wakes it and sends nothing; afterwards signals leave again", async () => {
  const wake = vi.fn();
  signalDue();
  signalDue();
  setLocalDrain(wake);
  signalDue();
  await vi.advanceTimersByTimeAsync(100);
  expect(wake).toHaveBeenCalledTimes(2);
  expect(sent).toEqual(["due"]);
  setLocalDrain(null);
  signalDue();
  expect(sent).toEqual(["due", "due"]);
});

test("what falls due within a minute gets one signal per second, also while a drain runs here", () => {
  setLocalDrain(() => {});
  signalDueAt(inMs(12_000));
  signalDueAt(inMs(12_500));
  signalDueAt(inMs(12_800));
  signalDueAt(inMs(60_000));
  expect(sent).toEqual(["due:12", "due:13", "due:60"]);
});

test("what falls due later than a minute from now is left to the sweep", () => {
  signalDueAt(inMs(60_001));
  expect(sent).toEqual([]);
});

test("what is due already, or within this second, is signalled at once: a drain waits idle until it is due", async () => {
  signalDueAt(inMs(0));
  expect(sent).toEqual(["due"]);
  await vi.advanceTimersByTimeAsync(200);
  signalDueAt(inMs(300));
  expect(sent).toEqual(["due", "due"]);
});

test("a second whose signal went off can be signalled again", async () => {
  signalDueAt(inMs(5000));
  await vi.advanceTimersByTimeAsync(5000);
  signalDueAt(inMs(100));
  expect(sent).toEqual(["due:5", "due"]);
});

test("a timed signal that failed is sent again when asked for again", async () => {
  fail = new Error("unreachable");
  signalDueAt(inMs(5000));
  await vi.advanceTimersByTimeAsync(0);
  fail = null;
  signalDueAt(inMs(5000));
  signalDueAt(inMs(5000));
  expect(sent).toEqual(["due:5", "due:5"]);
});

test("a transport that fails is logged once, and never reaches who signals", async () => {
  fail = new Error("unreachable");
  for (let i = 0; i < 5; i++) {
    expect(() => signalDue()).not.toThrow();
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(sent).toHaveLength(5);
  expect(errors).toEqual([expect.stringContaining("a signal was lost")]);
});

test("signals for jobs and for emails leave at once, also while a drain runs here", () => {
  setLocalDrain(() => {});
  signalReplays();
  signalEmails();
  expect(sent).toEqual(["replays", "emails"]);
});

test("without a transport signals are forgotten", () => {
  registerTransport(null);
  expect(() => signalDue()).not.toThrow();
  signalDueAt(inMs(5000));
  signalReplays();
  signalEmails();
  expect(sent).toEqual([]);
});

test("the engine's state is what was last reported", () => {
  const lastSweepAt = new Date();
  reportEngine({ kind: "embedded", started: true });
  reportEngine({ lastSweepAt });
  expect(engineState()).toEqual({ kind: "embedded", started: true, lastSweepAt });
});
