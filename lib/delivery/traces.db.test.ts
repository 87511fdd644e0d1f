import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import * as deliveryRoute from "@/app/api/v1/deliveries/[id]/route";
import * as testRoute from "@/app/api/v1/endpoints/[id]/test/route";
import * as endpoints from "@/app/api/v1/endpoints/route";
import * as eventsRoute from "@/app/api/v1/events/route";
import { database } from "@/db/connection/database";
import { parseTraceparent } from "../core/trace-context";
import { settings } from "../platform/env";
import { startTracing, stopTracing } from "../telemetry/tracing";
import { call, expectFieldError, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { type OtlpCollector, startOtlpCollector } from "../testing/otlp-collector";
import { startTestReceiver, type TestReceiver } from "../testing/test-receiver.mjs";

const { key, addEndpoint } = await startTestApi();
const given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const unsampled = given.replace(/01$/, "00");

let collector: OtlpCollector;
let receiver: TestReceiver;
let endpointId: string;
beforeAll(async () => {
  [collector, receiver] = await Promise.all([startOtlpCollector(), startTestReceiver()]);
  ({ id: endpointId } = await addEndpoint({ url: `${receiver.url}?token=secret` }));
});
beforeEach(() => {
  collector.spans.length = 0;
  receiver.received.length = 0;
});
afterEach(async () => {
  await stopTracing();
  vi.unstubAllEnvs();
});
afterAll(() => {
  collector.close();
  receiver.close();
});

/** As a process with these settings; the SDK reads its own from the environment. */
async function trace(environment: Record<string, string> = {}): Promise<void> {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  Object.assign(settings(), { traces: true, tracesSampler: "parentbased_always_on" });
  onTestFinished(() => {
    Object.assign(settings(), { traces: false });
  });
  await startTracing("delivery");
}

async function publish(headers: Record<string, string> = {}): Promise<void> {
  const answer = await call(eventsRoute, "POST", "/events", {
    as: key,
    body: { type: "a.b", data: {} },
    headers,
  });
  expect(answer.status).toBe(202);
  await drain();
  await stopTracing();
}

const sent = () => receiver.received.map(({ headers }) => headers.traceparent);
const named = (name: string) => collector.spans.filter((span) => span.name === name);

test("a trace goes on from the request over publishing and the attempt to the receiver", async () => {
  await trace({ OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20of-the-collector" });
  await publish({ traceparent: given });
  const [published, delivered, ...others] = [...named("publish"), ...named("deliver")];
  expect(others).toEqual([]);
  expect(published).toMatchObject({
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    parentSpanId: "00f067aa0ba902b7",
    kind: 2,
    attributes: { "posthorn.workspace": "main", "posthorn.event.type": "a.b", "thread.name": "delivery" },
    resource: { "service.name": "posthorn", "service.instance.id": settings().processId },
  });
  expect(delivered).toMatchObject({
    traceId: published?.traceId,
    parentSpanId: published?.spanId,
    kind: 3,
    status: { code: 0 },
    attributes: {
      "server.address": "127.0.0.1",
      "server.port": Number(new URL(receiver.url).port),
      "http.response.status_code": 200,
      "posthorn.attempt.number": 1,
      "posthorn.attempt.trigger": "automatic",
      "posthorn.endpoint.id": endpointId,
    },
  });
  expect(JSON.stringify(collector.spans)).not.toContain("secret");
  expect(sent()).toEqual([`00-${delivered?.traceId}-${delivered?.spanId}-01`]);
  expect(collector.authorizations).toEqual(["Bearer of-the-collector"]);
});

test("the log shows the traceparent that was sent", async () => {
  await publish({ traceparent: given });
  const id = String(receiver.received[0]?.headers["webhook-id"]);
  const shown = await call<{ attemptLog: { request: { headers: Record<string, string> } }[] }>(
    deliveryRoute,
    "GET",
    `/deliveries/${id}`,
    { as: key },
  );
  expect(shown.body.attemptLog[0]?.request.headers).toMatchObject({ traceparent: given, "webhook-id": id });
});

test("without one given a trace begins with publishing; all events of a batch are in it", async () => {
  await trace();
  const events = [
    { type: "a.b", data: {} },
    { type: "a.c", data: {} },
  ];
  const answer = await call({}, "POST", "/events/batch", { as: key, body: { events } });
  expect(answer.status).toBe(202);
  await drain();
  await stopTracing();
  const [published] = named("publish");
  expect(published).toMatchObject({ attributes: { "messaging.batch.message_count": 2 } });
  expect(published?.parentSpanId).toBeFalsy();
  expect(published?.attributes).not.toHaveProperty("posthorn.event.type");
  const delivered = named("deliver");
  expect(delivered.map(({ parentSpanId }) => parentSpanId)).toEqual([published?.spanId, published?.spanId]);
  expect(new Set(sent())).toEqual(
    new Set(delivered.map(({ spanId }) => `00-${published?.traceId}-${spanId}-01`)),
  );
});

test("each attempt is a span of its own, and a failed one an error", async () => {
  await trace();
  const away = await addEndpoint({ url: "http://127.0.0.1:9/away", eventTypes: ["away.b"] });
  const body = { type: "away.b", data: {} };
  await call(eventsRoute, "POST", "/events", { as: key, body });
  await drain();
  await stopTracing();
  const failed = named("deliver").filter(({ attributes }) => attributes["posthorn.endpoint.id"] === away.id);
  expect(failed).toHaveLength(1);
  expect(failed[0]).toMatchObject({
    status: { code: 2 },
    attributes: { "error.type": "connection_refused" },
  });
});

test("a request that is refused is a span with its code", async () => {
  await trace({ OTEL_SERVICE_NAME: "hooks" });
  const data = { text: "x".repeat(300 * 1024) };
  const answer = await call(eventsRoute, "POST", "/events", { as: key, body: { type: "a.b", data } });
  expect(answer.status).toBe(422);
  await stopTracing();
  expect(named("publish")).toMatchObject([
    {
      status: { code: 2 },
      attributes: { "error.type": "validation_failed" },
      resource: { "service.name": "hooks" },
    },
  ]);
});

test("a test event of the dashboard is a trace of its own", async () => {
  await trace();
  await call(testRoute, "POST", `/endpoints/${endpointId}/test`, {
    as: key,
    body: { type: "a.b", data: {} },
  });
  await stopTracing();
  const [delivered] = named("deliver");
  expect(delivered?.attributes).toMatchObject({ "posthorn.attempt.trigger": "test" });
  expect(sent()).toEqual([`00-${delivered?.traceId}-${delivered?.spanId}-01`]);
});

test("what was not sampled by whoever began it is not exported, and the receiver is told so", async () => {
  await trace();
  await publish({ traceparent: unsampled });
  expect(collector.spans).toEqual([]);
  expect(sent().map((header) => parseTraceparent(header ?? null))).toEqual([
    expect.objectContaining({ traceId: "4bf92f3577b34da6a3ce929d0e0e4736", flags: 0 }),
  ]);
});

test("of traces that begin here the sampler keeps its part; nothing is stored or sent of the others", async () => {
  await trace({ OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "0" });
  await publish();
  expect([collector.spans, sent()]).toEqual([[], [undefined]]);
  const stored = await database().sql`select traceparent from events order by id desc limit 1`;
  expect([...stored]).toEqual([{ traceparent: null }]);
});

test("with traces off, one that was given is passed on as it came, and none is made", async () => {
  await publish({ traceparent: given });
  await publish();
  expect(sent()).toEqual([given, undefined]);
  expect(collector.spans).toEqual([]);
});

test.each(["00-nonsense", given.toUpperCase(), "", `${given}, ${given}`])(
  "a traceparent that is none counts as not sent: %s",
  async (traceparent) => {
    await publish({ traceparent });
    expect(sent()).toEqual([undefined]);
  },
);

test("a collector that is away delays and refuses nothing", async () => {
  await trace({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  await publish({ traceparent: given });
  expect(sent()).toHaveLength(1);
});

test.each(["traceparent", "Traceparent"])("a webhook's own header cannot be %s", async (name) => {
  const body = { url: "http://127.0.0.1:9/x", headers: { [name]: given } };
  const answer = await call(endpoints, "POST", "/endpoints", { as: key, body });
  expectFieldError(answer, `headers.${name}`, "is set by Posthorn and cannot be replaced");
});
