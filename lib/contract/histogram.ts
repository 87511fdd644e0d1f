import { z } from "zod";
import { deliveriesQuery } from "./deliveries";
import { transitionOutput } from "./endpoints";

const count = z.number().int();

/** Deliveries by what became of them. */
export const outcomeCounts = z.object({
  succeeded: count,
  waiting: count.meta({ description: "Still to be sent, and not tried yet." }),
  retrying: count.meta({ description: "Tried, and to be tried again." }),
  failed: count.meta({ description: "Not tried again." }),
  held: count,
  discarded: count,
});

export const histogramQuery = deliveriesQuery.omit({ limit: true, cursor: true });

export const histogramOutput = z
  .object({
    from: z.iso.datetime().meta({ description: "Of the first bucket." }),
    to: z.iso.datetime().meta({ description: "The end of the last one." }),
    bucketSeconds: z.number().int(),
    data: z
      .array(outcomeCounts.extend({ from: z.iso.datetime() }))
      .meta({ description: "Every bucket, oldest first, by when deliveries were made." }),
    total: outcomeCounts,
    countedFrom: z.iso.datetime().nullable().meta({
      description: "If it is a time: not all of what is older is counted, because there is too much of it.",
    }),
    marks: z
      .array(transitionOutput.extend({ endpointId: z.string() }))
      .meta({ description: "What changed the state of the webhooks, oldest first; the newest 100." }),
  })
  .meta({ id: "DeliveryHistogram" });
export type HistogramOutput = z.infer<typeof histogramOutput>;
