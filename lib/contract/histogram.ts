import { z } from "zod";
import { deliveriesQuery } from "./deliveries";
import { transitionOutput } from "./endpoints";

const count = z.number().int();

/** Deliveries by outcome. */
export const outcomeCounts = z.object({
  succeeded: count,
  waiting: count.meta({ description: "Not tried yet." }),
  retrying: count.meta({ description: "Failed, and to be tried again." }),
  failed: count.meta({ description: "Failed, and not tried again." }),
  held: count,
  discarded: count,
});

export const histogramQuery = deliveriesQuery.omit({ limit: true, cursor: true });

export const histogramOutput = z
  .object({
    from: z.iso.datetime().meta({ description: "The start of the first bucket." }),
    to: z.iso.datetime().meta({ description: "The end of the last bucket." }),
    bucketSeconds: z.number().int(),
    data: z
      .array(outcomeCounts.extend({ from: z.iso.datetime() }))
      .meta({ description: "Every bucket, oldest first. Deliveries are counted by creation time." }),
    total: outcomeCounts,
    countedFrom: z.iso.datetime().nullable().meta({
      description: "If set, counts before this time are incomplete, because there are too many deliveries.",
    }),
    marks: z
      .array(transitionOutput.extend({ endpointId: z.string() }))
      .meta({ description: "State changes of the webhooks, oldest first; only the newest 100." }),
  })
  .meta({ id: "DeliveryHistogram" });
export type HistogramOutput = z.infer<typeof histogramOutput>;
