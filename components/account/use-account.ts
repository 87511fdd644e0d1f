"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { polled } from "@/lib/api-client/polled";
import type {
  ActivityOutput,
  ProfileOutput,
  SessionOutput,
  UpdateProfileInput,
} from "@/lib/contract/account";
import type { Page } from "@/lib/contract/shared";

const keys = {
  profile: ["account", "profile"],
  sessions: ["account", "sessions"],
  activity: ["account", "activity"],
} as const;

/** The account of whoever looks. */
export function useProfile() {
  return useQuery({
    queryKey: keys.profile,
    queryFn: ({ signal }) => apiFetch<ProfileOutput>("/api/account/profile", { signal }),
    refetchInterval: (query) => polled(query, () => 30_000),
  });
}

/** Where they are signed in. */
export function useSessions() {
  return useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => apiFetch<{ data: SessionOutput[] }>("/api/account/sessions", { signal }),
    refetchInterval: (query) => polled(query, () => 30_000),
  });
}

/** What happened to it, newest first. */
export function useActivity() {
  return useInfiniteQuery({
    queryKey: keys.activity,
    queryFn: ({ pageParam: cursor, signal }) =>
      apiFetch<Page<ActivityOutput>>("/api/account/activity", { query: { cursor, limit: 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Changes the profile. The theme holds at once; how times are shown, once the page is loaded anew. */
export function useUpdateProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateProfileInput) =>
      apiFetch<ProfileOutput>("/api/account/profile", { method: "PATCH", body }),
    onSuccess: (profile) => {
      client.setQueryData(keys.profile, profile);
      const { dataset } = document.documentElement;
      if (profile.theme === "system") delete dataset.theme;
      else dataset.theme = profile.theme;
    },
  });
}

/**
 * What else is done to the account: each changes what the others show.
 *
 * @param said in a toast, once it is done
 */
export function useAccountAct<Input, Output = unknown>(
  act: (input: Input) => Promise<Output>,
  said?: (output: Output) => string,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (output) => {
      if (said) toast.success(said(output));
      await client.invalidateQueries({ queryKey: ["account"] });
    },
  });
}

/** Calls an operation of the account that changes it. */
export const changeAccount = <Output>(path: string, method: "POST" | "DELETE", body?: object) =>
  apiFetch<Output>(`/api/account${path}`, { method, body });
