import { z } from "zod";
import { eventTypeNameLengthMax, eventTypeNameMessage, eventTypeNamePattern } from "../core/event-types";
import { jsonObject } from "../core/json-object";
import { text } from "../core/text";
import { namesAField, version } from "./shared";

export const eventTypeName = text({ min: 1, max: eventTypeNameLengthMax })
  .regex(eventTypeNamePattern, eventTypeNameMessage)
  .meta({ description: "Name of an event type, like `invoice.created`.", examples: ["invoice.created"] });

export const eventTypeOutput = z
  .object({
    name: z.string(),
    group: z.string().meta({ description: "The part before the first dot." }),
    description: z.string().nullable(),
    example: z
      .string()
      .meta({ description: "Example data as JSON text; never taken from published events." }),
    schema: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: "JSON Schema (2020-12) of the data; `null` if any data is valid." }),
    createdAt: z.iso.datetime(),
    version,
  })
  .meta({ id: "EventType" });
export type EventTypeOutput = z.infer<typeof eventTypeOutput>;

const editable = {
  description: text({ trim: true, max: 500 }).nullable(),
  schema: jsonObject.nullable().meta({
    description:
      "JSON Schema (2020-12) of the data, at most 64 KiB, with references only to itself. Data is validated against it if the workspace refuses invalid data.",
  }),
  example: jsonObject.meta({ description: "Example data, used for test events. At most 256 KiB." }),
};

export const createEventTypeInput = z
  .strictObject({
    name: eventTypeName,
    description: editable.description.default(null),
    schema: editable.schema.default(null),
    example: editable.example.default({}),
  })
  .meta({ id: "CreateEventType" });

export const updateEventTypeInput = z
  .strictObject({
    description: editable.description.optional(),
    schema: editable.schema.optional(),
    example: editable.example.optional(),
  })
  .refine(...namesAField)
  .meta({ id: "UpdateEventType" });
