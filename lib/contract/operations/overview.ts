import { overviewOutput, overviewQuery } from "../stats";
import { operationsOf } from "./operation";

export const overviewOperations = operationsOf(
  { tag: "Deliveries", reads: "deliveries:read", changes: "deliveries:write" },
  {
    getOverview: {
      route: "GET /overview",
      summary: "Get the workspace at a glance: today, yesterday, and the webhooks that need somebody",
      query: overviewQuery,
      output: overviewOutput,
    },
  },
);
