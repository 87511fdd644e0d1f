import type { EmailDetailOutput, EmailOutput, EmailsOutput } from "../contract/emails";
import { apiFetch } from "./api-fetch";

const path = "/api/v1/emails";

export function listEmails(
  workspace: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<EmailsOutput> {
  return apiFetch(path, { workspace, query: { limit: 50, cursor }, signal });
}

export function getEmail(workspace: string, id: string, signal?: AbortSignal): Promise<EmailDetailOutput> {
  return apiFetch(`${path}/${encodeURIComponent(id)}`, { workspace, signal });
}

/** To the person who is signed in. */
export function sendTestEmail(workspace: string): Promise<EmailOutput> {
  return apiFetch(`${path}/test`, { workspace, method: "POST", body: {} });
}
