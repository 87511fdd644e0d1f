import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gate } from "./gate";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => vi.useRealTimers());

const limits = { requests: 10, bytes: 1_000, waiting: { waitMs: 500, requestsMin: 4 } };

/** A request that came in; `answer` after so long, or leave. `null` if it was refused. */
function enter(gate: Gate) {
  const response = Object.assign(new EventEmitter(), { writableFinished: false });
  const request = { headers: { "content-length": "10" } } as unknown as IncomingMessage;
  const place = gate.enter(request, response as unknown as ServerResponse);
  if (!place) return null;
  return {
    place,
    answer: (afterMs: number) => {
      vi.advanceTimersByTime(afterMs);
      response.writableFinished = true;
      response.emit("close");
    },
    leave: (afterMs: number) => {
      vi.advanceTimersByTime(afterMs);
      response.emit("close");
    },
  };
}

/** How many it lets in now, all of which leave again. */
function roomOf(gate: Gate): number {
  const entered = Array.from({ length: 20 }, () => enter(gate)).filter((one) => one !== null);
  for (const one of entered) one.leave(0);
  return entered.length;
}

test("while answers take long it lets in fewer, and as many as before once they are quick again", () => {
  const gate = new Gate(limits);
  expect(roomOf(gate)).toBe(10);
  for (let n = 0; n < 3; n++) enter(gate)?.answer(501);
  expect(roomOf(gate)).toBe(7);
  for (let n = 0; n < 20; n++) enter(gate)?.answer(501);
  expect(roomOf(gate)).toBe(4);
  for (let n = 0; n < 100; n++) enter(gate)?.answer(500);
  expect(roomOf(gate)).toBe(10);
});

test("a slow upload and a client that leaves say nothing of how long answers take", () => {
  const gate = new Gate(limits);
  for (let n = 0; n < 5; n++) {
    const uploading = enter(gate);
    vi.advanceTimersByTime(60_000);
    uploading?.place.hold(10);
    uploading?.answer(10);
    enter(gate)?.leave(60_000);
  }
  expect(roomOf(gate)).toBe(10);
});

test("a gate without such a limit lets in as many, however long they take", () => {
  const gate = new Gate({ requests: 10, bytes: 1_000 });
  for (let n = 0; n < 20; n++) enter(gate)?.answer(60_000);
  expect(roomOf(gate)).toBe(10);
});
