import type { UpdateWorkspaceInput, WorkspaceOutput } from "../workspaces/schemas";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/workspace";

export function getWorkspace(workspace: string, signal?: AbortSignal): Promise<WorkspaceOutput> {
  return apiFetch(path, { workspace, signal });
}

export function updateWorkspace(workspace: string, body: UpdateWorkspaceInput): Promise<WorkspaceOutput> {
  return apiFetch(path, { workspace, method: "PATCH", body });
}
