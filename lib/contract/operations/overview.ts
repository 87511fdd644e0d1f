import { overviewOutput, overviewQuery } from "../stats";
import { operationsOf } from "./operation";

export const overviewOperations = operationsOf(
  { tag: "Deliveries", reads: "deliveries:read", changes: "deliveries:write" },
  {
    getOverview: {
      route: "GET /overview",
      summary: "Get the overview of the workspace: today, yesterday, and webhooks that need attention",
      query: overviewQuery,
      output: overviewOutput,
    },
  },
);
