import { expect, onTestFinished, test } from "vitest";
import { startOtlpCollector } from "@/lib/testing/otlp-collector";
import { parseMetrics, sumOf } from "@/lib/testing/parse-metrics";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { makeProducer } from "../support/producer";
import { startForTest } from "./start-for-test";

const token = "metrics-token-of-a-system-test";

test("a scrape has the metrics of every thread, and spans of every thread reach the collector", async () => {
  const producer = makeProducer();
  const [receiver, collector] = await Promise.all([startTestReceiver(), startOtlpCollector()]);
  onTestFinished(async () => {
    collector.close();
    await receiver.close();
  });
  const posthorn = await startForTest({
    env: {
      ...producer.env,
      POSTHORN_METRICS_TOKEN: token,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: "200",
      OTEL_TRACES_SAMPLER: "parentbased_always_on",
    },
  });
  const scrape = async (authorization = `Bearer ${token}`) => {
    const answer = await fetch(`${posthorn.url}/api/metrics`, { headers: { authorization } });
    return { status: answer.status, text: await answer.text() };
  };
  const headers = {
    authorization: `Bearer ${producer.env.POSTHORN_BOOTSTRAP_API_KEY}`,
    "content-type": "application/json",
  };
  const body = JSON.stringify({ url: receiver.origin, eventTypes: null });
  const made = await fetch(`${posthorn.url}/api/v1/endpoints`, { method: "POST", headers, body });
  expect(made.status).toBe(201);
  for (let n = 1; n <= 5; n += 1) await producer.publish(posthorn.url, { n });

  const counted = async (name: string) => sumOf((await scrape()).text, name);
  await expect.poll(() => counted("posthorn_publish_to_success_seconds")).toBe(5);
  expect(await counted("posthorn_events_accepted_total")).toBe(5);
  expect(await counted("posthorn_publish_requests_total")).toBe(5);
  const { text } = await scrape();
  const threads = parseMetrics(text).get("posthorn_event_loop_utilization_ratio")?.samples;
  expect(threads?.map(({ labels }) => labels.thread)).toEqual(
    expect.arrayContaining(["main", "front", "delivery"]),
  );
  expect(sumOf(text, "posthorn_engine_started")).toBe(1);
  expect(sumOf(text, "process_start_time_seconds")).toBeGreaterThan(1.7e9);
  expect(sumOf(text, "posthorn_database_connections_max", { thread: "delivery" })).toBeGreaterThan(0);
  expect(sumOf(text, "posthorn_publish_duration_seconds")).toBe(5);
  expect((await scrape("Bearer another-token-than-that")).status).toBe(401);

  await expect.poll(() => collector.spans.filter(({ name }) => name === "deliver").length).toBe(5);
  const published = collector.spans.filter(({ name }) => name === "publish");
  expect(published).toHaveLength(5);
  expect(new Set(published.map(({ attributes }) => attributes["thread.name"]))).toEqual(new Set(["front"]));
  for (const delivered of collector.spans.filter(({ name }) => name === "deliver")) {
    expect(published.map(({ spanId }) => spanId)).toContain(delivered.parentSpanId);
    expect(delivered.attributes["thread.name"]).toBe("delivery");
    const sent = receiver.received.map((request) => request.headers.traceparent);
    expect(sent).toContain(`00-${delivered.traceId}-${delivered.spanId}-01`);
  }
});

test("without settings there are no metrics, and nothing is sent to a receiver but what was", async () => {
  const producer = makeProducer();
  const posthorn = await startForTest({ env: producer.env });
  const answer = await fetch(`${posthorn.url}/api/metrics`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([answer.status, (await answer.json()).code]).toEqual([404, "not_found"]);
});
