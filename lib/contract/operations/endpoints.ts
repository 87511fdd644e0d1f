import {
  createEndpointInput,
  decideHeldInput,
  decideHeldOutput,
  disableEndpointInput,
  enableEndpointInput,
  enableEndpointOutput,
  endpointOutput,
  endpointsOutput,
  endpointsQuery,
  secretOutput,
  testEndpointInput,
  testEndpointOutput,
  transitionOutput,
  updateEndpointInput,
} from "../endpoints";
import { pageOf, pageQuery } from "../shared";
import { rotateSecretInput } from "../signatures";
import { endpointStatsOutput, endpointStatsQuery } from "../stats";
import { operationsOf } from "./operation";

export const endpointOperations = operationsOf(
  { tag: "Endpoints", reads: "endpoints:read", changes: "endpoints:write" },
  {
    listEndpoints: {
      route: "GET /endpoints",
      summary: "List webhooks with their health over 24 hours",
      query: endpointsQuery,
      output: endpointsOutput,
    },
    createEndpoint: {
      route: "POST /endpoints",
      summary: "Add a webhook",
      body: createEndpointInput,
      status: 201,
      output: endpointOutput,
      errors: ["limit_reached"],
      versioned: "read",
    },
    getEndpoint: {
      route: "GET /endpoints/{id}",
      summary: "Get a webhook",
      output: endpointOutput,
      versioned: "read",
    },
    updateEndpoint: {
      route: "PATCH /endpoints/{id}",
      summary: "Change a webhook",
      body: updateEndpointInput,
      output: endpointOutput,
      errors: ["limit_reached"],
      versioned: "change",
    },
    deleteEndpoint: {
      route: "DELETE /endpoints/{id}",
      summary: "Delete a webhook; its pending deliveries are discarded",
      versioned: "change",
    },
    getEndpointStats: {
      route: "GET /endpoints/{id}/stats",
      summary: "Get a webhook's statistics for a day, a week or a month",
      query: endpointStatsQuery,
      output: endpointStatsOutput,
    },
    enableEndpoint: {
      route: "POST /endpoints/{id}/enable",
      summary: "Enable a webhook; its held deliveries are replayed, discarded or kept",
      body: enableEndpointInput,
      output: enableEndpointOutput,
    },
    disableEndpoint: {
      route: "POST /endpoints/{id}/disable",
      summary: "Disable a webhook; new deliveries are held or discarded",
      body: disableEndpointInput,
      output: endpointOutput,
    },
    probeEndpoint: {
      route: "POST /endpoints/{id}/probe",
      summary: "Try a webhook that backs off now; if it answers, waiting deliveries follow",
      output: endpointOutput,
      errors: ["conflict"],
    },
    decideHeld: {
      route: "POST /endpoints/{id}/held",
      summary: "Replay or discard the held deliveries of a webhook",
      body: decideHeldInput,
      status: 202,
      output: decideHeldOutput,
      errors: ["conflict"],
    },
    listTransitions: {
      route: "GET /endpoints/{id}/transitions",
      summary: "List the state changes of a webhook, and who or what caused them",
      query: pageQuery,
      output: pageOf(transitionOutput),
    },
    revealSecret: {
      route: "GET /endpoints/{id}/secret",
      summary: "Reveal the signing secret; this is recorded in the audit log",
      scope: "secrets:read",
      output: secretOutput,
    },
    rotateSecret: {
      route: "POST /endpoints/{id}/secret/rotate",
      summary:
        "Rotate the signing secret; the old one also signs for some time (also needs `endpoints:write`)",
      scope: "secrets:read",
      body: rotateSecretInput,
      output: secretOutput,
      errors: ["limit_reached"],
    },
    testEndpoint: {
      route: "POST /endpoints/{id}/test",
      summary: "Send a test event and wait for the result",
      body: testEndpointInput,
      output: testEndpointOutput,
    },
  },
);
