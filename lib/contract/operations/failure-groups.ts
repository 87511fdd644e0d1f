import { failureGroupsOutput, failureGroupsQuery } from "../failure-groups";
import { operationsOf } from "./operation";

export const failureGroupOperations = operationsOf(
  { tag: "Deliveries", reads: "deliveries:read", changes: "deliveries:write" },
  {
    listFailureGroups: {
      route: "GET /failure-groups",
      summary: "What fails now, by webhook, response or cause, and what the answer says",
      query: failureGroupsQuery,
      output: failureGroupsOutput,
    },
  },
);
