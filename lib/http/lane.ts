import { operations } from "../contract/operations";
import { publishBatch, publishEvent } from "../events/publish-events";
import { health } from "../health/health";
import { answerMetrics } from "./answer-metrics";
import { answerer } from "./api-v1";
import type { Answerer } from "./define-api";

/** Publishing waits for a place and may be refused; monitoring is always answered. */
export type LaneEntry = { answers: Answerer; kind: "publishes" | "watches" };

/** By method and path. */
export type Lane = ReadonlyMap<string, LaneEntry>;

/** The most frequent requests, which the front answers itself, without Next. */
export const lane: Lane = new Map<string, LaneEntry>([
  ["POST /api/v1/events", { answers: answerer(operations.publishEvent, publishEvent), kind: "publishes" }],
  [
    "POST /api/v1/events/batch",
    { answers: answerer(operations.publishBatch, publishBatch), kind: "publishes" },
  ],
  ["GET /api/metrics", { answers: answerMetrics, kind: "watches" }],
  ["GET /api/health", { answers: answerHealth, kind: "watches" }],
  ["GET /api/health/live", { answers: answerLiveness, kind: "watches" }],
]);

async function answerHealth() {
  const state = await health();
  return json(state.status === "ok" ? 200 : 503, state);
}

/** The process answers, whatever the state of its database, and while it stops. If this fails, restarting it helps. */
async function answerLiveness() {
  return json(200, { status: "ok" });
}

function json(status: number, body: object) {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { status, headers, body: JSON.stringify(body) };
}
