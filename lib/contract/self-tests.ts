import { z } from "zod";
import { selfTestPhases, selfTestStatuses } from "../core/self-test";

export const selfTestOutput = z.object({
  id: z.string(),
  status: z.enum(selfTestStatuses),
  phase: z.enum(selfTestPhases),
  /** Why it failed or was canceled, as a sentence. */
  reason: z.string().nullable(),
  /** So far: deliveries of events that were answered with 202, and those that reached a receiver. */
  accepted: z.number().int(),
  received: z.number().int(),
  result: z
    .object({
      accepted: z.number().int(),
      lost: z.number().int(),
      twice: z.number().int(),
      publishP99Ms: z.number(),
      receiptP99Ms: z.number(),
      deliveriesPerSecond: z.number(),
      kills: z.number().int(),
      connectionsEnded: z.number().int(),
      bytesPerDelivery: z.number(),
      freeBytes: z.number().nullable(),
    })
    .nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type SelfTestOutput = z.infer<typeof selfTestOutput>;

export const selfTestsOutput = z.object({ data: z.array(selfTestOutput) });
export type SelfTestsOutput = z.infer<typeof selfTestsOutput>;
