import { z } from "zod";
import type { DeliveryStatus } from "../core/deliveries";
import { eventsPerBatchMax, idempotencyKeyLengthMax, occurredFromYear } from "../core/events";
import { jsonObject } from "../core/json-object";
import { searchLengthMax } from "../core/search-kinds";
import { text } from "../core/text";
import { time } from "../core/time";
import { deliveryOutput, exportOptions, many } from "./deliveries";
import { eventTypeName } from "./event-types";
import { searchDescription, searchedPage } from "./searched-page";
import { pageOf, pageQuery } from "./shared";

export const idempotencyKey = text({ min: 1, max: idempotencyKeyLengthMax }).regex(
  /^[\x20-\x7e]+$/,
  "must be printable ASCII",
);

export const publishInput = z
  .strictObject({
    type: eventTypeName,
    data: jsonObject.meta({
      description: "What happened: a JSON object, at most 256 KiB. Numbers keep all their digits.",
    }),
    idempotencyKey: idempotencyKey.optional().meta({
      description:
        "If the same key is sent again within 24 hours, the response is the first event, and nothing new is published.",
    }),
    occurredAt: time({ fromYear: occurredFromYear })
      .optional()
      .meta({ description: "When it happened. If left out, the time at which it was accepted." }),
    deliver: z
      .boolean("must be true or false")
      .default(true)
      .meta({ description: "`false` records the event without sending it to any webhook." }),
  })
  .meta({ id: "PublishEvent" });

export const publishBatchInput = z.strictObject({
  events: z
    .array(publishInput)
    .min(1, "must hold at least 1 event")
    .max(eventsPerBatchMax, `must hold at most ${eventsPerBatchMax} events`),
});

export const publishOutput = z.object({
  id: z.string(),
  type: z.string(),
  deliveries: z.number().int().meta({ description: "How many webhooks it is sent to." }),
});
export const publishBatchOutput = z.object({ data: z.array(publishOutput) });

export const eventOutput = z
  .object({
    id: z.string(),
    type: z.string(),
    test: z.boolean(),
    idempotencyKey: z.string().nullable(),
    timestamp: z.iso.datetime(),
    deliveries: z.number().int().meta({
      description: "How many webhooks it was sent to; 0 if none subscribed, or with `deliver: false`.",
    }),
    statuses: z
      .object({
        pending: z.number().int(),
        held: z.number().int(),
        succeeded: z.number().int(),
        failed: z.number().int(),
        discarded: z.number().int(),
      } satisfies Record<DeliveryStatus, z.ZodType>)
      .meta({ description: "The number of its deliveries, by status." }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Event" });
export type EventOutput = z.infer<typeof eventOutput>;

export const eventDetailOutput = eventOutput.extend({
  payload: z.string().nullable().meta({
    description: "The body exactly as it is sent; `null` if the workspace hides it from viewers.",
  }),
  deliveryLog: z.array(deliveryOutput),
});

export type EventDetailOutput = z.infer<typeof eventDetailOutput>;

/** Each is looked up by itself. */
const typesMax = 50;

export const eventsQuery = pageQuery.extend({
  type: many(text({ max: 1_000 }), { max: typesMax }).meta({ description: "May repeat." }),
  from: time().optional(),
  to: time().optional(),
  q: text({ max: searchLengthMax })
    .optional()
    .meta({ description: `An event id, ${searchDescription}` }),
});

export const eventsExportQuery = eventsQuery.omit({ limit: true, cursor: true }).extend(exportOptions);

export const eventsPage = pageOf(eventOutput).extend(searchedPage);
export type EventsPage = z.infer<typeof eventsPage>;

export type EventsFilter = {
  [Name in keyof z.infer<typeof eventsQuery>]?: z.infer<typeof eventsQuery>[Name] | null;
};

export const deliverEventInput = z.strictObject({
  endpointId: text({ min: 1, max: 100 }).meta({ description: "The webhook to send the event to." }),
});
