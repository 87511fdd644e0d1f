import type { ApiKeyOutput, CreateApiKeyInput, CreatedApiKeyOutput } from "../contract/api-keys";
import type { Page } from "../contract/shared";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/api-keys";

export function listApiKeys(
  workspace: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<ApiKeyOutput>> {
  return apiFetch(path, { workspace, query: { limit: 50, cursor }, signal });
}

/** The answer is the only one that holds the key itself. */
export function createApiKey(workspace: string, body: CreateApiKeyInput): Promise<CreatedApiKeyOutput> {
  return apiFetch(path, { workspace, method: "POST", body });
}

export function revokeApiKey(workspace: string, id: string): Promise<void> {
  return apiFetch(`${path}/${id}`, { workspace, method: "DELETE" });
}
