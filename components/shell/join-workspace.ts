import { apiFetch } from "@/lib/api-client/api-fetch";
import type { CreatedWorkspaceOutput } from "@/lib/contract/instance";

/** Joins a workspace and leads to it. @throws ApiError if it can't be joined (any more) */
export async function joinWorkspace(id: string): Promise<void> {
  const { slug } = await apiFetch<CreatedWorkspaceOutput>(`/api/instance/workspaces/${id}/join`, {
    method: "POST",
    body: {},
  });
  window.location.assign(`/${slug}/developers/webhooks`);
}
