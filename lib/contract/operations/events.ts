import { z } from "zod";
import { deliveryOutput } from "../deliveries";
import {
  deliverEventInput,
  eventDetailOutput,
  eventsExportQuery,
  eventsPage,
  eventsQuery,
  publishBatchInput,
  publishBatchOutput,
  publishInput,
  publishOutput,
} from "../events";
import { operationsOf } from "./operation";

export const eventOperations = operationsOf(
  { tag: "Events", reads: "events:read", changes: "events:write" },
  {
    publishEvent: {
      route: "POST /events",
      summary: "Publish an event",
      body: publishInput,
      status: 202,
      output: publishOutput,
      errors: ["conflict"],
    },
    publishBatch: {
      route: "POST /events/batch",
      summary: "Publish up to 500 events; all are accepted, or none",
      body: publishBatchInput,
      status: 202,
      output: publishBatchOutput,
      errors: ["conflict"],
    },
    listEvents: {
      route: "GET /events",
      summary: "List published events",
      query: eventsQuery,
      output: eventsPage,
    },
    exportEvents: {
      route: "GET /events/export",
      summary: "Export published events as a file, newest first",
      query: eventsExportQuery,
      output: z.string(),
      file: ["text/csv", "application/x-ndjson"],
    },
    getEvent: {
      route: "GET /events/{id}",
      summary: "Get a published event with its deliveries",
      output: eventDetailOutput,
    },
    deliverEvent: {
      route: "POST /events/{id}/deliveries",
      summary: "Send a published event to another webhook",
      scope: "deliveries:write",
      body: deliverEventInput,
      status: 202,
      output: deliveryOutput,
      errors: ["conflict"],
    },
  },
);
