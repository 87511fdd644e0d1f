import type { UpdateWorkspaceInput, WorkspaceOutput } from "../contract/workspaces";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/workspace";

export function getWorkspace(workspace: string, signal?: AbortSignal): Promise<WorkspaceOutput> {
  return apiFetch(path, { workspace, signal });
}

/** Changes what is given; refused with `precondition_failed` if somebody changed the settings since `version`. */
export function updateWorkspace(
  workspace: string,
  body: UpdateWorkspaceInput,
  version: string,
): Promise<WorkspaceOutput> {
  return apiFetch(path, { workspace, method: "PATCH", body, version });
}
