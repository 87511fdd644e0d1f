import { operations } from "../contract/operations";
import { publishBatch, publishEvent } from "../events/publish-events";
import { health } from "../health/health";
import { answerMetrics } from "./answer-metrics";
import { answerer } from "./api-v1";
import type { Answerer } from "./define-api";

/** By method and path. */
export type Lane = ReadonlyMap<string, Answerer>;

/** What is asked most is answered by the front itself, without Next. */
export const lane: Lane = new Map<string, Answerer>([
  ["POST /api/v1/events", answerer(operations.publishEvent, publishEvent)],
  ["POST /api/v1/events/batch", answerer(operations.publishBatch, publishBatch)],
  ["GET /api/metrics", answerMetrics],
  ["GET /api/health", answerHealth],
  ["GET /api/health/live", answerLiveness],
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
