import { expect, test } from "vitest";
import type { SelfTestOutput } from "@/lib/contract/self-tests";
import { describeDisk, describeVerdict } from "./describe-self-test";

const result = {
  accepted: 12_800,
  lost: 0,
  twice: 4,
  publishP99Ms: 36,
  receiptP99Ms: 30,
  deliveriesPerSecond: 1_000,
  kills: 3,
  connectionsEnded: 23,
  bytesPerDelivery: 1_000,
  freeBytes: 86_400_000_000,
};
const ended: SelfTestOutput = {
  id: "stt_1",
  status: "finished",
  phase: "clearing",
  reason: null,
  accepted: 12_800,
  received: 12_800,
  result,
  createdBy: "Ana",
  createdAt: "2026-11-27T12:00:00.000Z",
  finishedAt: "2026-11-27T12:01:00.000Z",
};

test("the verdict says what was lost, or why there is none", () => {
  expect(describeVerdict(ended)).toEqual({ text: "Nothing was lost", good: true });
  expect(describeVerdict({ ...ended, result: { ...result, lost: 3 } })).toEqual({
    text: "3 of 12,800 deliveries were lost",
    good: false,
  });
  const none = { ...ended, result: null };
  expect(describeVerdict({ ...none, status: "canceled", reason: "It was canceled." })).toEqual({
    text: "Canceled",
    good: true,
  });
  expect(describeVerdict({ ...none, status: "failed", reason: "Posthorn was stopped." })).toEqual({
    text: "Posthorn was stopped.",
    good: false,
  });
});

test("the disk says for how long it lasts, if that is known", () => {
  expect(describeDisk(result)).toBe(
    "80.5 GiB are free, enough for 86,400,000 deliveries: 1 d at this rate, 10 d at a tenth of it",
  );
  expect(describeDisk({ ...result, freeBytes: null })).toBeNull();
  expect(describeDisk({ ...result, bytesPerDelivery: 0 })).toBeNull();
});
