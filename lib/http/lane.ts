import { operations } from "../contract/operations";
import { publishBatch, publishEvent } from "../events/publish-events";
import { health } from "../health/health";
import { answerMetrics } from "./answer-metrics";
import { answerer } from "./api-v1";
import type { Answerer } from "./define-api";

/** What publishes waits for room, and may be refused; whoever watches over Posthorn is always answered. */
export type LaneEntry = { answers: Answerer; kind: "publishes" | "watches" };

/** By method and path. */
export type Lane = ReadonlyMap<string, LaneEntry>;

/** What is asked most is answered by the front itself, without Next. */
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

/** The process answers, whatever its database does, and while it stops. Starting it again helps if this fails. */
async function answerLiveness() {
  return json(200, { status: "ok" });
}

function json(status: number, body: object) {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { status, headers, body: JSON.stringify(body) };
}
