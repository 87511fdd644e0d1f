import type { ReplayOutput } from "../contract/replays";
import type { Page } from "../contract/shared";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/replays";

/** Jobs that are running or paused, newest first. */
export function listActiveReplays(workspace: string, signal?: AbortSignal): Promise<Page<ReplayOutput>> {
  return apiFetch(path, { workspace, query: { status: ["running", "paused"], limit: 100 }, signal });
}

export function getReplay(workspace: string, id: string, signal?: AbortSignal): Promise<ReplayOutput> {
  return apiFetch(`${path}/${id}`, { workspace, signal });
}

/** Pauses, resumes or cancels a job. */
export function changeReplay(
  workspace: string,
  id: string,
  change: "pause" | "resume" | "cancel",
): Promise<ReplayOutput> {
  return apiFetch(`${path}/${id}/${change}`, { workspace, method: "POST", body: {} });
}
