"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput, EndpointsOutput } from "@/lib/contract/endpoints";
import type { EventTypeOutput } from "@/lib/contract/event-types";
import type { Page } from "@/lib/contract/shared";

/** For one webhook, in milliseconds: it must not contradict its log, which is read as often. */
const oneMs = 5_000;

/** For all webhooks: more often if someone may be waiting for a change. */
const allMs = (endpoints: readonly EndpointOutput[]) =>
  endpoints.some(({ status }) => status === "failing") ? 5_000 : 10_000;

/** The workspace's webhooks, read again while the page is visible. */
export function useWebhooks() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.endpointList(slug),
    queryFn: ({ signal }) => callApi("GET /endpoints", { workspace: slug, query: { limit: 100 }, signal }),
    refetchInterval: (query) => polled(query, ({ data }) => allMs(data)),
  });
}

/** One webhook; shown at once if the list has been loaded before. */
export function useWebhook(id: string) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useQuery({
    queryKey: queryKeys.endpoint(slug, id),
    queryFn: ({ signal }) => callApi("GET /endpoints/{id}", { workspace: slug, params: { id }, signal }),
    initialData: () =>
      client
        .getQueryData<EndpointsOutput>(queryKeys.endpointList(slug))
        ?.data.find((endpoint) => endpoint.id === id),
    initialDataUpdatedAt: () => client.getQueryState(queryKeys.endpointList(slug))?.dataUpdatedAt,
    refetchInterval: (query) => polled(query, () => oneMs),
  });
}

export function useEventTypes() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.eventTypes(slug),
    queryFn: ({ signal }) => listEventTypes(slug, signal),
  });
}

/** Every event type of the workspace, page by page. */
async function listEventTypes(workspace: string, signal: AbortSignal): Promise<EventTypeOutput[]> {
  const all: EventTypeOutput[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<EventTypeOutput> = await callApi("GET /event-types", {
      workspace,
      query: { limit: 100, cursor },
      signal,
    });
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}

/** Updates a changed webhook everywhere it is shown. */
export function storeWebhook(client: QueryClient, workspace: string, endpoint: EndpointOutput): void {
  client.setQueryData(queryKeys.endpoint(workspace, endpoint.id), endpoint);
  client.setQueryData<EndpointsOutput>(
    queryKeys.endpointList(workspace),
    (list) => list && { ...list, data: list.data.map((one) => (one.id === endpoint.id ? endpoint : one)) },
  );
}
