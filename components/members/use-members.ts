"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { CreateInvitationInput, InvitationOutput, MemberOutput } from "@/lib/contract/members";
import type { Role } from "@/lib/core/roles";

/** The workspace's members. */
export function useMembers() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.members(slug),
    queryFn: ({ signal }) => callApi("GET /members", { workspace: slug, signal }),
    refetchInterval: (query) => polled(query, () => 15_000),
  });
}

/** The workspace's invitations; only owners see them. */
export function useInvitations(enabled: boolean) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.invitations(slug),
    queryFn: ({ signal }) => callApi("GET /invitations", { workspace: slug, signal }),
    refetchInterval: (query) => polled(query, () => 15_000),
    enabled,
  });
}

export function useSetRole() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      callApi("PATCH /members/{id}", { workspace: slug, params: { id }, body: { role } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.members(slug) }),
  });
}

export function useRemoveMember() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: MemberOutput) =>
      callApi("DELETE /members/{id}", { workspace: slug, params: { id } }),
    onSuccess: async (_, member) => {
      await client.invalidateQueries({ queryKey: queryKeys.members(slug) });
      toast.success(`${member.name} is removed`);
    },
  });
}

export function useInvite() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateInvitationInput) => callApi("POST /invitations", { workspace: slug, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.invitations(slug) }),
  });
}

export function useResendInvitation() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: InvitationOutput) =>
      callApi("POST /invitations/{id}/resend", { workspace: slug, params: { id }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.invitations(slug) }),
  });
}

export function useRevokeInvitation() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: InvitationOutput) =>
      callApi("DELETE /invitations/{id}", { workspace: slug, params: { id } }),
    onSuccess: async (_, { email }) => {
      await client.invalidateQueries({ queryKey: queryKeys.invitations(slug) });
      toast.success(`The invitation of ${email} is revoked`);
    },
  });
}
