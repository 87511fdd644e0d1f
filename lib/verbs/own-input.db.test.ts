import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "../api-keys/create-api-key";
import { listApiKeys } from "../api-keys/list-api-keys";
import { rotateApiKey } from "../api-keys/rotate-api-key";
import { exportAuditLog } from "../audit-log/export-audit-log";
import { listAuditLog } from "../audit-log/list-audit-log";
import { operations } from "../contract/operations";
import type { Operation } from "../contract/operations/operation";
import type { Input } from "../core/parse-input";
import { countDeliveries } from "../deliveries/count-deliveries";
import { exportDeliveries } from "../deliveries/export-deliveries";
import { listDeliveries } from "../deliveries/list-deliveries";
import { listFailureGroups } from "../deliveries/list-failure-groups";
import { createEndpoint } from "../endpoints/create-endpoint";
import { decideHeld } from "../endpoints/decide-held";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { enableEndpoint } from "../endpoints/enable-endpoint";
import { listEndpoints } from "../endpoints/list-endpoints";
import { listTransitions } from "../endpoints/list-transitions";
import { rotateSecret } from "../endpoints/rotate-secret";
import { testEndpoint } from "../endpoints/test-endpoint";
import { updateEndpoint } from "../endpoints/update-endpoint";
import { createEventType } from "../event-types/create-event-type";
import { listEventTypes } from "../event-types/list-event-types";
import { updateEventType } from "../event-types/update-event-type";
import { deliverEvent } from "../events/deliver-event";
import { exportEvents } from "../events/export-events";
import { listEvents } from "../events/list-events";
import { publishBatch, publishEvent } from "../events/publish-events";
import { getLedger } from "../ledger/get-ledger";
import { createEmailDomain } from "../members/create-email-domain";
import { createInvitation } from "../members/create-invitation";
import { updateEmailDomain } from "../members/update-email-domain";
import { updateMember } from "../members/update-member";
import { listEmails } from "../notifications/list-emails";
import { listReplays } from "../replays/list-replays";
import { startReplay } from "../replays/start-replay";
import { updateReplay } from "../replays/update-replay";
import { createSavedView } from "../saved-views/create-saved-view";
import { updateSavedView } from "../saved-views/update-saved-view";
import { getEndpointStats } from "../stats/get-endpoint-stats";
import { getHistogram } from "../stats/get-histogram";
import { getOverview } from "../stats/get-overview";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { deleteWorkspace } from "../workspaces/delete-workspace";
import { updateWorkspace } from "../workspaces/update-workspace";

let workspace: TestWorkspace;
let id: string;
beforeAll(async () => {
  workspace = await createTestWorkspace();
  ({ id } = await workspace.addEndpoint());
});
afterAll(() => workspace.close());

const verbs = {
  createSavedView,
  updateSavedView,
  createEmailDomain,
  updateEmailDomain,
  createInvitation,
  deleteWorkspace,
  deliverEvent,
  exportDeliveries,
  exportEvents,
  exportAuditLog,
  getDeliveryHistogram: getHistogram,
  getEndpointStats,
  getOverview,
  listAuditLog,
  listFailureGroups,
  rotateApiKey,
  updateMember,
  updateReplay,
  createApiKey,
  listApiKeys,
  listDeliveries,
  countDeliveries,
  createEndpoint,
  decideHeld,
  disableEndpoint,
  enableEndpoint,
  listEndpoints,
  listTransitions,
  rotateSecret,
  testEndpoint,
  updateEndpoint,
  createEventType,
  listEventTypes,
  updateEventType,
  listEvents,
  publishBatch,
  getLedger,
  listEmails,
  listReplays,
  startReplay,
  updateWorkspace,
  publishEvent: (call: { ctx: TestWorkspace["ctx"]; input: Input<typeof operations.publishEvent.body> }) =>
    publishEvent({ ...call, headers: new Headers() }),
};

const withInput = Object.entries<Operation>(operations).filter(([, { body, query }]) => {
  const schema = body ?? query;
  return !("shape" in schema && Object.keys(schema.shape as object).length === 0);
});

test("these are the operations that have input", () => {
  expect(Object.keys(verbs).toSorted()).toEqual(withInput.map(([name]) => name).toSorted());
});

test.each(Object.entries(verbs))("%s refuses what its schema refuses, by every caller", async (_, verb) => {
  const call = { ctx: workspace.ctx, id, name: "invoice.paid", input: { unknown: 1 } };
  const refused = (verb as (call: unknown) => Promise<unknown>)(call);
  await expect(refused).rejects.toMatchObject({
    code: "validation_failed",
    extra: {
      errors: expect.arrayContaining([{ path: "unknown", message: "is not a field of this request" }]),
    },
  });
});
