import { z } from "zod";
import { eventTypeNameLengthMax, eventTypeNameMessage, eventTypeNamePattern } from "./constants";

export const eventTypeName = z
  .string()
  .min(1, "must not be empty")
  .max(eventTypeNameLengthMax, `must be at most ${eventTypeNameLengthMax} characters`)
  .regex(eventTypeNamePattern, eventTypeNameMessage)
  .meta({ description: "Name of an event type, like `invoice.created`.", examples: ["invoice.created"] });

export const eventTypeOutput = z
  .object({
    name: z.string(),
    group: z.string().meta({ description: "The part before the first dot." }),
    description: z.string().nullable(),
    example: z
      .string()
      .meta({ description: "JSON text of example data; never taken from published events." }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "EventType" });
export type EventTypeOutput = z.infer<typeof eventTypeOutput>;
