import { Counter, Gauge, Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { sumOf } from "../testing/parse-metrics";
import { ThreadSnapshots } from "./thread-snapshots";

function thread(id: number, { answers = true } = {}) {
  const registry = new Registry();
  const registers = [registry];
  const sent = new Counter({ name: "sent_total", help: "Sent.", registers });
  const busy = new Gauge({ name: "busy", help: "Busy.", labelNames: ["thread"], registers });
  busy.set({ thread: String(id) }, 1);
  const state = { answers };
  const snapshots = new ThreadSnapshots(
    () => (state.answers ? registry.getMetricsAsJSON() : new Promise(() => undefined)),
    id,
  );
  onTestFinished(() => snapshots.close());
  return { sent, state, snapshots, text: async () => (await snapshots.merge()).metrics() };
}

test("whichever thread is asked, all have their say, whatever the order in which they came", async () => {
  const [first, second, third] = [thread(101), thread(102), thread(103)];
  first.sent.inc(1);
  second.sent.inc(20);
  third.sent.inc(300);
  await expect.poll(async () => sumOf(await first.text(), "sent_total")).toBe(321);
  await expect.poll(async () => sumOf(await third.text(), "sent_total")).toBe(321);
  const text = await second.text();
  expect(sumOf(text, "busy")).toBe(3);
});

test("what a thread that does not answer, or has ended, had counted stays in the sum, and its gauges do not", async () => {
  const [own, other] = [thread(201), thread(202)];
  other.sent.inc(5);
  await expect.poll(async () => sumOf(await own.text(), "sent_total")).toBe(5);

  other.state.answers = false;
  other.sent.inc(1);
  const text = await own.text();
  expect(sumOf(text, "sent_total")).toBe(5);
  expect(sumOf(text, "busy", { thread: "202" })).toBe(0);

  other.snapshots.close();
  expect(sumOf(await own.text(), "sent_total")).toBe(5);
});

test("two that ask at once get the same answer", async () => {
  const [own, other] = [thread(301), thread(302)];
  other.sent.inc(7);
  await expect.poll(async () => sumOf(await own.text(), "sent_total")).toBe(7);
  const texts = await Promise.all([own.text(), own.text(), own.text()]);
  expect(texts.map((text) => sumOf(text, "sent_total"))).toEqual([7, 7, 7]);
});
