import { apiKeyOperations } from "./operations/api-keys";
import { auditLogOperations } from "./operations/audit-log";
import { deliveryOperations } from "./operations/deliveries";
import { emailOperations } from "./operations/emails";
import { endpointOperations } from "./operations/endpoints";
import { eventTypeOperations } from "./operations/event-types";
import { eventOperations } from "./operations/events";
import { failureGroupOperations } from "./operations/failure-groups";
import { ledgerOperations } from "./operations/ledger";
import { memberOperations } from "./operations/members";
import { overviewOperations } from "./operations/overview";
import { replayOperations } from "./operations/replays";
import { savedViewOperations } from "./operations/saved-views";
import { workspaceOperations } from "./operations/workspace";

/** The prefix of API v1's paths. */
export const basePath = "/api/v1";

/** Every operation of API v1 by name, in the order in which OpenAPI lists them. */
export const operations = {
  ...eventOperations,
  ...eventTypeOperations,
  ...endpointOperations,
  ...deliveryOperations,
  ...failureGroupOperations,
  ...overviewOperations,
  ...ledgerOperations,
  ...replayOperations,
  ...savedViewOperations,
  ...apiKeyOperations,
  ...memberOperations,
  ...emailOperations,
  ...auditLogOperations,
  ...workspaceOperations,
};
