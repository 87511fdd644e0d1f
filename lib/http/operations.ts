import { z } from "zod";
import type { Scope } from "../api-keys/constants";
import { apiKeyOutput, createApiKeyInput, createdApiKeyOutput } from "../api-keys/schemas";
import { deliveriesQuery, deliveryDetailOutput, deliveryOutput } from "../deliveries/schemas";
import {
  createEndpointInput,
  endpointOutput,
  endpointsOutput,
  endpointsQuery,
  secretOutput,
  testEndpointInput,
  testEndpointOutput,
  updateEndpointInput,
} from "../endpoints/schemas";
import { eventTypeOutput } from "../event-types/schemas";
import {
  eventDetailOutput,
  eventOutput,
  eventsQuery,
  publishBatchInput,
  publishBatchOutput,
  publishInput,
  publishOutput,
} from "../events/schemas";
import { ledgerOutput, ledgerQuery } from "../ledger/schemas";
import { rotateSecretInput } from "../signatures/schemas";
import { okOutput, pageOf, pageQuery } from "./schemas";

/** One method of one path: what its route checks, and what OpenAPI says of it. */
export type Operation = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api/v1`, with `{id}` for a parameter. */
  path: string;
  tag: string;
  summary: string;
  scope: Scope;
  query: z.ZodObject;
  body: z.ZodType | null;
  status: 200 | 201 | 202;
  output: z.ZodType;
};

const nothing = z.strictObject({});
const empty = nothing.meta({ description: "No fields." });

/** Checks that an operation is one, and keeps its own type, which its route is typed by. */
function operation<const T extends Operation>(definition: T): T {
  return definition;
}

export const operations = {
  publishEvent: operation({
    method: "POST",
    path: "/events",
    tag: "Events",
    summary: "Publish an event",
    scope: "events:write",
    query: nothing,
    body: publishInput,
    status: 202,
    output: publishOutput,
  }),
  publishBatch: operation({
    method: "POST",
    path: "/events/batch",
    tag: "Events",
    summary: "Publish up to 500 events, all or none",
    scope: "events:write",
    query: nothing,
    body: publishBatchInput,
    status: 202,
    output: publishBatchOutput,
  }),
  listEvents: operation({
    method: "GET",
    path: "/events",
    tag: "Events",
    summary: "List published events",
    scope: "events:read",
    query: eventsQuery,
    body: null,
    status: 200,
    output: pageOf(eventOutput),
  }),
  getEvent: operation({
    method: "GET",
    path: "/events/{id}",
    tag: "Events",
    summary: "Get a published event with its deliveries",
    scope: "events:read",
    query: nothing,
    body: null,
    status: 200,
    output: eventDetailOutput,
  }),
  listEventTypes: operation({
    method: "GET",
    path: "/event-types",
    tag: "Event types",
    summary: "List the catalogue",
    scope: "eventTypes:read",
    query: pageQuery,
    body: null,
    status: 200,
    output: pageOf(eventTypeOutput),
  }),
  listEndpoints: operation({
    method: "GET",
    path: "/endpoints",
    tag: "Endpoints",
    summary: "List webhooks with their health of 24 hours",
    scope: "endpoints:read",
    query: endpointsQuery,
    body: null,
    status: 200,
    output: endpointsOutput,
  }),
  createEndpoint: operation({
    method: "POST",
    path: "/endpoints",
    tag: "Endpoints",
    summary: "Add a webhook",
    scope: "endpoints:write",
    query: nothing,
    body: createEndpointInput,
    status: 201,
    output: endpointOutput,
  }),
  getEndpoint: operation({
    method: "GET",
    path: "/endpoints/{id}",
    tag: "Endpoints",
    summary: "Get a webhook",
    scope: "endpoints:read",
    query: nothing,
    body: null,
    status: 200,
    output: endpointOutput,
  }),
  updateEndpoint: operation({
    method: "PATCH",
    path: "/endpoints/{id}",
    tag: "Endpoints",
    summary: "Change a webhook",
    scope: "endpoints:write",
    query: nothing,
    body: updateEndpointInput,
    status: 200,
    output: endpointOutput,
  }),
  deleteEndpoint: operation({
    method: "DELETE",
    path: "/endpoints/{id}",
    tag: "Endpoints",
    summary: "Delete a webhook; what is pending is discarded",
    scope: "endpoints:write",
    query: nothing,
    body: null,
    status: 200,
    output: okOutput,
  }),
  enableEndpoint: operation({
    method: "POST",
    path: "/endpoints/{id}/enable",
    tag: "Endpoints",
    summary: "Enable a webhook; what was held is sent",
    scope: "endpoints:write",
    query: nothing,
    body: empty,
    status: 200,
    output: endpointOutput,
  }),
  disableEndpoint: operation({
    method: "POST",
    path: "/endpoints/{id}/disable",
    tag: "Endpoints",
    summary: "Disable a webhook; what arrives is held",
    scope: "endpoints:write",
    query: nothing,
    body: empty,
    status: 200,
    output: endpointOutput,
  }),
  revealSecret: operation({
    method: "GET",
    path: "/endpoints/{id}/secret",
    tag: "Endpoints",
    summary: "Reveal the signing secret; each time is in the audit log",
    scope: "secrets:read",
    query: nothing,
    body: null,
    status: 200,
    output: secretOutput,
  }),
  rotateSecret: operation({
    method: "POST",
    path: "/endpoints/{id}/secret/rotate",
    tag: "Endpoints",
    summary:
      "Replace the signing secret; the old one signs beside it for a time (also needs `endpoints:write`)",
    scope: "secrets:read",
    query: nothing,
    body: rotateSecretInput,
    status: 200,
    output: secretOutput,
  }),
  testEndpoint: operation({
    method: "POST",
    path: "/endpoints/{id}/test",
    tag: "Endpoints",
    summary: "Send a test event and get the attempt, once made",
    scope: "endpoints:write",
    query: nothing,
    body: testEndpointInput,
    status: 200,
    output: testEndpointOutput,
  }),
  listDeliveries: operation({
    method: "GET",
    path: "/deliveries",
    tag: "Deliveries",
    summary: "The event log, newest first",
    scope: "deliveries:read",
    query: deliveriesQuery,
    body: null,
    status: 200,
    output: pageOf(deliveryOutput),
  }),
  getDelivery: operation({
    method: "GET",
    path: "/deliveries/{id}",
    tag: "Deliveries",
    summary: "Get a delivery with payload and attempts",
    scope: "deliveries:read",
    query: nothing,
    body: null,
    status: 200,
    output: deliveryDetailOutput,
  }),
  retryDelivery: operation({
    method: "POST",
    path: "/deliveries/{id}/retry",
    tag: "Deliveries",
    summary: "Send once more now",
    scope: "deliveries:write",
    query: nothing,
    body: empty,
    status: 202,
    output: deliveryOutput,
  }),
  getLedger: operation({
    method: "GET",
    path: "/ledger",
    tag: "Ledger",
    summary: "Get what became of what was accepted, and what the checks found",
    scope: "events:read",
    query: ledgerQuery,
    body: null,
    status: 200,
    output: ledgerOutput,
  }),
  listApiKeys: operation({
    method: "GET",
    path: "/api-keys",
    tag: "API keys",
    summary: "List API keys (dashboard only)",
    scope: "apiKeys:read",
    query: pageQuery,
    body: null,
    status: 200,
    output: pageOf(apiKeyOutput),
  }),
  createApiKey: operation({
    method: "POST",
    path: "/api-keys",
    tag: "API keys",
    summary: "Make an API key, shown this once (dashboard only)",
    scope: "apiKeys:write",
    query: nothing,
    body: createApiKeyInput,
    status: 201,
    output: createdApiKeyOutput,
  }),
  revokeApiKey: operation({
    method: "DELETE",
    path: "/api-keys/{id}",
    tag: "API keys",
    summary: "Revoke an API key (dashboard only)",
    scope: "apiKeys:write",
    query: nothing,
    body: null,
    status: 200,
    output: okOutput,
  }),
} satisfies Record<string, Operation>;
