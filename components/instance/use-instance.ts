"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { polled } from "@/lib/api-client/polled";
import type {
  InstanceOutput,
  InstanceUserOutput,
  InstanceWorkspacesOutput,
  UpdateInstanceInput,
  UpdateUserInput,
} from "@/lib/contract/instance";
import type { SelfTestOutput, SelfTestsOutput } from "@/lib/contract/self-tests";
import type { Page } from "@/lib/contract/shared";

const keys = {
  overview: ["instance", "overview"],
  workspaces: ["instance", "workspaces"],
  users: ["instance", "users"],
  selfTests: ["instance", "self-tests"],
} as const;

/** What runs here. */
export function useInstance() {
  return useQuery({
    queryKey: keys.overview,
    queryFn: ({ signal }) => apiFetch<InstanceOutput>("/api/instance/overview", { signal }),
    refetchInterval: (query) => polled(query, () => 30_000),
  });
}

export function useInstanceWorkspaces() {
  return useQuery({
    queryKey: keys.workspaces,
    queryFn: ({ signal }) => apiFetch<InstanceWorkspacesOutput>("/api/instance/workspaces", { signal }),
    refetchInterval: (query) => polled(query, () => 30_000),
  });
}

export function useInstanceUsers() {
  return useInfiniteQuery({
    queryKey: keys.users,
    queryFn: ({ pageParam, signal }) =>
      apiFetch<Page<InstanceUserOutput>>("/api/instance/users", {
        query: { limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => polled(query, ({ pages }) => 30_000 * pages.length),
  });
}

export function useUpdateInstance() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateInstanceInput) =>
      apiFetch<unknown>("/api/instance/overview", { method: "PATCH", body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.overview }),
  });
}

export function useSetWebhookLimit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, endpointLimit }: { id: string; endpointLimit: number }) =>
      apiFetch<unknown>(`/api/instance/workspaces/${id}`, { method: "PATCH", body: { endpointLimit } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.workspaces }),
  });
}

export function useUpdateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateUserInput & { id: string }) =>
      apiFetch<unknown>(`/api/instance/users/${id}`, { method: "PATCH", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.users }),
  });
}

export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: InstanceUserOutput) =>
      apiFetch<unknown>(`/api/instance/users/${id}/end-sessions`, { method: "POST", body: {} }),
    onSuccess: async (_, user) => {
      await client.invalidateQueries({ queryKey: keys.users });
      toast.success(`${user.name} is signed out everywhere`);
    },
  });
}

/** Self-tests, newest first; read each second while one runs. */
export function useSelfTests() {
  return useQuery({
    queryKey: keys.selfTests,
    queryFn: ({ signal }) => apiFetch<SelfTestsOutput>("/api/instance/self-tests", { signal }),
    refetchInterval: (query) =>
      polled(query, ({ data }) => (data.some(({ finishedAt }) => finishedAt === null) ? 1_000 : 30_000)),
  });
}

/** Starts a self-test, or cancels the given one. */
export function useSelfTestAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: { cancel: string } | "start") =>
      apiFetch<SelfTestOutput>(
        act === "start" ? "/api/instance/self-tests" : `/api/instance/self-tests/${act.cancel}/cancel`,
        { method: "POST", body: {} },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.selfTests }),
  });
}
