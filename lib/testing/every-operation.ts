import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { operations } from "../contract/operations";
import type { OperationV1 } from "../contract/operations/operation";
import { apiKeyScopes } from "../core/api-keys";
import { lane } from "../http/lane";
import { type Caller, call, makeCaller, type RouteModule } from "./api";

export type OperationName = keyof typeof operations;

/** An operation of API v1 with the module of its route, as a test's row. */
export type Case = [name: OperationName, operation: OperationV1, route: RouteModule];

/** The folder of the routes of API v1. */
export const routesFolder = fileURLToPath(new URL("../../app/api/v1", import.meta.url));

/** The file of an operation's route, in `routesFolder`. */
export const routeFileOf = ({ path }: OperationV1) =>
  `${path.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`.slice(1);

/** What answers before Next has no file of its own, or none of its method. */
export const isInLane = ({ method, path }: OperationV1) => lane.has(`${method} /api/v1${path}`);

/** Every operation of API v1: a new one is held at once to what all are. */
export const cases: Case[] = await Promise.all(
  (Object.entries(operations) as [OperationName, OperationV1][]).map(
    async ([name, operation]): Promise<Case> => [
      name,
      operation,
      isInLane(operation) ? {} : await import(path.join(routesFolder, routeFileOf(operation))),
    ],
  ),
);

/** Whether API keys may have the operation's scope. */
export const isForKeys = ({ scope }: OperationV1) => apiKeyScopes.some((one) => one === scope);

/** The things of a workspace: what is put in for a part of a path, by its noun, and what bodies name. */
export type Objects = Record<string, string>;

/** Bodies that are taken, of the operations that do not take an empty one. */
const bodies: { [name in OperationName]?: object | ((objects: Objects) => object) } = {
  publishEvent: { type: "every.operation", data: {} },
  publishBatch: { events: [{ type: "every.operation", data: {} }] },
  deliverEvent: ({ emptyEndpoint }) => ({ endpointId: emptyEndpoint }),
  createEventType: { name: "one.more" },
  updateEventType: { description: "Every field" },
  createEndpoint: { url: "https://example.com/hooks" },
  updateEndpoint: { name: "Mine" },
  decideHeld: { action: "discard" },
  testEndpoint: { type: "invoice.paid", data: {} },
  startReplay: { filter: {} },
  updateReplay: { ratePerSecond: 5 },
  createApiKey: { name: "Mine", scopes: ["events:read"] },
  updateWorkspace: { name: "Mine" },
  updateMember: { role: "developer" },
  createSavedView: { name: "Mine", log: "published", query: "" },
  updateSavedView: { name: "Mine" },
  createInvitation: { email: "cleo@example.com", role: "viewer" },
  createEmailDomain: { domain: "example.com", localPart: "postmaster", role: "viewer" },
  updateEmailDomain: { role: "developer" },
  deleteWorkspace: ({ workspaceName }) => ({ name: workspaceName }),
};

/**
 * A body that an operation takes, by the things of the workspace; `null` if it takes none.
 *
 * @throws Error if none is known of an operation that does not take an empty one
 */
export function bodyOf(name: OperationName, objects: Objects): object | null {
  const { body }: OperationV1 = operations[name];
  if (!body) return null;
  const known = bodies[name];
  if (known) return typeof known === "function" ? known(objects) : known;
  if (!body.safeParse({}).success) {
    throw new Error(
      `${name} takes no empty body: add one that it takes to bodies in ${import.meta.filename}`,
    );
  }
  return {};
}

/**
 * An operation's path, with a thing of its noun in it.
 *
 * @throws Error if `makeObjects` makes none of the noun
 */
export function pathOf({ path }: OperationV1, objects: Objects): string {
  const [, noun = ""] = path.split("/");
  return path.replace(/\{\w+\}/g, () => {
    const object = objects[noun];
    if (!object) throw new Error(`makeObjects makes none of ${noun}: make one in ${import.meta.filename}`);
    return encodeURIComponent(object);
  });
}

/** Makes a thing of each noun by the API, in the state in which most operations do something to it. */
export async function makeObjects(workspace: {
  id: string;
  slug: string;
  name: string;
  key: Caller;
  owner: Caller;
}): Promise<Objects> {
  const { key, owner, name: workspaceName } = workspace;
  type Made = { id: string; data: { id: string; role?: string }[] };
  const ask = async (name: OperationName, request: Parameters<typeof call>[3], id = "") => {
    const [, operation, route] = cases.find(([one]) => one === name) ?? ["", operations[name], {}];
    const path = pathOf(operation, { endpoints: id });
    const answer = await call<Made>(route, operation.method, path, { as: key, ...request });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body;
  };
  await makeCaller(workspace, "viewer");
  await ask("createEventType", { body: { name: "every.operation" } });
  const url = "http://127.0.0.1:9/hooks";
  const endpoint = await ask("createEndpoint", { body: { url } });
  await ask("disableEndpoint", { body: {} }, endpoint.id);
  const event = await ask("publishEvent", { body: { type: "every.operation", data: {} } });
  const { data } = await ask("listDeliveries", {});
  const emptyEndpoint = await ask("createEndpoint", { body: { url, eventTypes: ["every.operation"] } });
  const replay = await ask("startReplay", { body: { filter: { endpointId: endpoint.id } } });
  const apiKey = await ask("createApiKey", { as: owner, body: { name: "A", scopes: ["events:read"] } });
  const invitation = await ask("createInvitation", {
    as: owner,
    body: { email: "ben@example.com", role: "viewer" },
  });
  const domain = await ask("createEmailDomain", {
    as: owner,
    body: { domain: "example.org", localPart: "postmaster", role: "viewer" },
  });
  const view = await ask("createSavedView", {
    as: owner,
    body: { name: "Failed", log: "deliveries", query: "status=failed" },
  });
  const { data: members } = await ask("listMembers", { as: owner });
  const email = await ask("sendTestEmail", { as: owner, body: {} });
  return {
    workspaceName,
    emptyEndpoint: emptyEndpoint.id,
    "event-types": "every.operation",
    endpoints: endpoint.id,
    events: event.id,
    deliveries: data[0]?.id ?? "",
    replays: replay.id,
    "api-keys": apiKey.id,
    emails: email.id,
    members: members.find(({ role }) => role === "viewer")?.id ?? "",
    invitations: invitation.id,
    domains: domain.id,
    "saved-views": view.id,
  };
}
