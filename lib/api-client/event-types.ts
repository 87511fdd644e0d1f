import type { EventTypeOutput } from "../contract/event-types";
import type { Page } from "../contract/shared";
import { apiFetch } from "./api-fetch";

/** Every event type of the workspace, page after page. */
export async function listEventTypes(workspace: string, signal?: AbortSignal): Promise<EventTypeOutput[]> {
  const all: EventTypeOutput[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<EventTypeOutput> = await apiFetch("/api/v1/event-types", {
      workspace,
      query: { limit: 100, cursor },
      signal,
    });
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}
