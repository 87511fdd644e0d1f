import type { z } from "zod";
import type {
  CreateEndpointInput,
  DecideHeldInput,
  DecideHeldOutput,
  DisableEndpointInput,
  EnableEndpointInput,
  EnableEndpointOutput,
  EndpointOutput,
  endpointsOutput,
  SecretOutput,
  TestEndpointOutput,
  TransitionOutput,
  UpdateEndpointInput,
} from "../contract/endpoints";
import type { Page } from "../contract/shared";
import type { RotateSecretInput } from "../contract/signatures";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/endpoints";

export type EndpointsOutput = z.infer<typeof endpointsOutput>;

export function listEndpoints(workspace: string, signal?: AbortSignal): Promise<EndpointsOutput> {
  return apiFetch(path, { workspace, query: { limit: 100 }, signal });
}

export function getEndpoint(workspace: string, id: string, signal?: AbortSignal): Promise<EndpointOutput> {
  return apiFetch(`${path}/${id}`, { workspace, signal });
}

export function createEndpoint(workspace: string, body: CreateEndpointInput): Promise<EndpointOutput> {
  return apiFetch(path, { workspace, method: "POST", body });
}

/** Changes what is given; refused with `precondition_failed` if somebody changed the webhook since `version`. */
export function updateEndpoint(
  workspace: string,
  id: string,
  body: UpdateEndpointInput,
  version: string,
): Promise<EndpointOutput> {
  return apiFetch(`${path}/${id}`, { workspace, method: "PATCH", body, version });
}

export function deleteEndpoint(workspace: string, id: string): Promise<void> {
  return apiFetch(`${path}/${id}`, { workspace, method: "DELETE" });
}

/** Enables a webhook; what was held becomes a job, unless it is kept for later. */
export function enableEndpoint(
  workspace: string,
  id: string,
  body: EnableEndpointInput,
): Promise<EnableEndpointOutput> {
  return apiFetch(`${path}/${id}/enable`, { workspace, method: "POST", body });
}

export function disableEndpoint(
  workspace: string,
  id: string,
  body: DisableEndpointInput,
): Promise<EndpointOutput> {
  return apiFetch(`${path}/${id}/disable`, { workspace, method: "POST", body });
}

/** Decides about what is held since the webhook was disabled. */
export function decideHeld(workspace: string, id: string, body: DecideHeldInput): Promise<DecideHeldOutput> {
  return apiFetch(`${path}/${id}/held`, { workspace, method: "POST", body });
}

/** What happened to a webhook's state, newest first. */
export function listTransitions(
  workspace: string,
  id: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<TransitionOutput>> {
  return apiFetch(`${path}/${id}/transitions`, { workspace, query: { limit: 20, cursor }, signal });
}

/** The signing secret in the clear. The server writes down who asked. */
export function revealSecret(workspace: string, id: string): Promise<SecretOutput> {
  return apiFetch(`${path}/${id}/secret`, { workspace });
}

/** Replaces the signing secret; the old one signs beside it for so many hours. */
export function rotateSecret(workspace: string, id: string, body: RotateSecretInput): Promise<SecretOutput> {
  return apiFetch(`${path}/${id}/secret/rotate`, { workspace, method: "POST", body });
}

/** Sends a test event and waits for its answer. Without `data` the event type's example is sent. */
export function testEndpoint(
  workspace: string,
  id: string,
  body: { type: string; data?: Record<string, unknown> },
): Promise<TestEndpointOutput> {
  return apiFetch(`${path}/${id}/test`, { workspace, method: "POST", body });
}
