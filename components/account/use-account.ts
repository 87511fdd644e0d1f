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

/** The signed-in user's account. */
export function useProfile() {
  return useQuery({
    queryKey: keys.profile,
    queryFn: ({ signal }) => apiFetch<ProfileOutput>("/api/account/profile", { signal }),
    refetchInterval: (query) => polled(query, () => 30_000),
  });
}

/** The user's sessions. */
export function useSessions() {
  return useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => apiFetch<{ data: SessionOutput[] }>("/api/account/sessions", { signal }),
    refetchInterval: (query) => polled(query, () => 30_000),
  });
}

/** The account's activity, newest first. */
export function useActivity() {
  return useInfiniteQuery({
    queryKey: keys.activity,
    queryFn: ({ pageParam: cursor, signal }) =>
      apiFetch<Page<ActivityOutput>>("/api/account/activity", { query: { cursor, limit: 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Changes the profile. The theme applies at once, time settings when the page is loaded again. */
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
 * Other changes of the account, each of which affects what the others show.
 *
 * @param said the text of a toast afterwards
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

/** Calls an operation that changes the account. */
export const changeAccount = <Output>(path: string, method: "POST" | "DELETE", body?: object) =>
  apiFetch<Output>(`/api/account${path}`, { method, body });
