import { z } from "zod";
import {
  deliveriesFilter,
  deliveriesPage,
  deliveriesQuery,
  deliveryCountsOutput,
  deliveryDetailOutput,
  deliveryOutput,
  exportQuery,
} from "../deliveries";
import { histogramOutput, histogramQuery } from "../histogram";
import { operationsOf } from "./operation";

export const deliveryOperations = operationsOf(
  { tag: "Deliveries", reads: "deliveries:read", changes: "deliveries:write" },
  {
    listDeliveries: {
      route: "GET /deliveries",
      summary: "List deliveries (the event log), newest first",
      query: deliveriesQuery,
      output: deliveriesPage,
    },
    countDeliveries: {
      route: "GET /deliveries/counts",
      summary: "Count deliveries by status",
      query: deliveriesFilter,
      output: deliveryCountsOutput,
    },
    getDeliveryHistogram: {
      route: "GET /deliveries/histogram",
      summary: "Count deliveries over time, by outcome",
      query: histogramQuery,
      output: histogramOutput,
    },
    exportDeliveries: {
      route: "GET /deliveries/export",
      summary: "Export the event log as a file, newest first",
      query: exportQuery,
      output: z.string(),
      file: ["text/csv", "application/x-ndjson"],
    },
    getDelivery: {
      route: "GET /deliveries/{id}",
      summary: "Get a delivery with payload and attempts",
      output: deliveryDetailOutput,
    },
    retryDelivery: {
      route: "POST /deliveries/{id}/retry",
      summary: "Retry a delivery now",
      status: 202,
      output: deliveryOutput,
      errors: ["conflict"],
    },
  },
);
