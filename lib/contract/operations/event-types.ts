import { createEventTypeInput, eventTypeOutput, updateEventTypeInput } from "../event-types";
import { pageOf, pageQuery } from "../shared";
import { operationsOf } from "./operation";

export const eventTypeOperations = operationsOf(
  { tag: "Event types", reads: "eventTypes:read", changes: "eventTypes:write" },
  {
    listEventTypes: {
      route: "GET /event-types",
      summary: "List the catalogue",
      query: pageQuery,
      output: pageOf(eventTypeOutput),
    },
    createEventType: {
      route: "POST /event-types",
      summary: "Add an event type",
      body: createEventTypeInput,
      status: 201,
      output: eventTypeOutput,
      errors: ["conflict"],
      versioned: "read",
    },
    getEventType: {
      route: "GET /event-types/{name}",
      summary: "Get an event type",
      output: eventTypeOutput,
      versioned: "read",
    },
    updateEventType: {
      route: "PATCH /event-types/{name}",
      summary: "Change an event type",
      body: updateEventTypeInput,
      output: eventTypeOutput,
      versioned: "change",
    },
    deleteEventType: {
      route: "DELETE /event-types/{name}",
      summary: "Delete an event type from the catalogue",
      versioned: "change",
    },
  },
);
