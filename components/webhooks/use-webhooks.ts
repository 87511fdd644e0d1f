"use client";

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/sonner";
import {
  deleteEndpoint,
  disableEndpoint,
  type EndpointsOutput,
  enableEndpoint,
  getEndpoint,
  listEndpoints,
} from "@/lib/api-client/endpoints";
import { listEventTypes } from "@/lib/api-client/event-types";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/endpoints/schemas";

/** The workspace's webhooks; figures are read again every 30 seconds while the page is seen. */
export function useWebhooks() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.endpointList(slug),
    queryFn: ({ signal }) => listEndpoints(slug, signal),
    refetchInterval: 30_000,
  });
}

/** One webhook; shown at once where the list has been read before. */
export function useWebhook(id: string) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useQuery({
    queryKey: queryKeys.endpoint(slug, id),
    queryFn: ({ signal }) => getEndpoint(slug, id, signal),
    placeholderData: client
      .getQueryData<EndpointsOutput>(queryKeys.endpointList(slug))
      ?.data.find((endpoint) => endpoint.id === id),
    refetchInterval: 30_000,
  });
}

export function useEventTypes() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.eventTypes(slug),
    queryFn: ({ signal }) => listEventTypes(slug, signal),
  });
}

/** Puts a changed webhook everywhere it is shown. */
export function storeWebhook(client: QueryClient, workspace: string, endpoint: EndpointOutput): void {
  client.setQueryData(queryKeys.endpoint(workspace, endpoint.id), endpoint);
  client.setQueryData<EndpointsOutput>(
    queryKeys.endpointList(workspace),
    (list) => list && { ...list, data: list.data.map((one) => (one.id === endpoint.id ? endpoint : one)) },
  );
}

const failed = (error: Error) => toast.error(error.message);

/** Enabling, disabling and deleting. Disabling offers Undo, for it can be taken back. */
export function useWebhookActions() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const changed = async (endpoint: EndpointOutput) => {
    storeWebhook(client, slug, endpoint);
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) }),
      client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) }),
    ]);
  };

  const enable = useMutation({
    mutationFn: (endpoint: EndpointOutput) => enableEndpoint(slug, endpoint.id),
    onSuccess: async ({ endpoint }) => {
      toast.success(`${endpoint.name} is enabled`);
      await changed(endpoint);
    },
    onError: failed,
  });
  const disable = useMutation({
    mutationFn: (endpoint: EndpointOutput) => disableEndpoint(slug, endpoint.id),
    onSuccess: async (endpoint) => {
      toast(`${endpoint.name} is disabled`, {
        description: "Its events are held until it is enabled.",
        action: { label: "Undo", onClick: () => enable.mutate(endpoint) },
      });
      await changed(endpoint);
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: (endpoint: EndpointOutput) => deleteEndpoint(slug, endpoint.id),
    onSuccess: async (_, endpoint) => {
      toast(`${endpoint.name} is deleted`);
      client.setQueryData<EndpointsOutput>(
        queryKeys.endpointList(slug),
        (list) => list && { ...list, data: list.data.filter((one) => one.id !== endpoint.id) },
      );
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.endpointList(slug) }),
        client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) }),
      ]);
    },
  });
  return { enable, disable, remove };
}
