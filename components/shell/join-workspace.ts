import { apiFetch } from "@/lib/api-client/api-fetch";
import type { CreatedWorkspaceOutput } from "@/lib/contract/instance";

/** Joins a workspace and opens it. @throws ApiError if it cannot be joined (any more) */
export async function joinWorkspace(id: string): Promise<void> {
  const { slug } = await apiFetch<CreatedWorkspaceOutput>(`/api/instance/workspaces/${id}/join`, {
    method: "POST",
    body: {},
  });
  window.location.assign(`/${slug}/developers/webhooks`);
}
