import { failureGroupsOutput, failureGroupsQuery } from "../failure-groups";
import { operationsOf } from "./operation";

export const failureGroupOperations = operationsOf(
  { tag: "Deliveries", reads: "deliveries:read", changes: "deliveries:write" },
  {
    listFailureGroups: {
      route: "GET /failure-groups",
      summary: "List what fails now, grouped by webhook, response or cause, and text of the response",
      query: failureGroupsQuery,
      output: failureGroupsOutput,
    },
  },
);
