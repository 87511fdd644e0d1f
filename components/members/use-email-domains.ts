"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { CreateEmailDomainInput, EmailDomainOutput } from "@/lib/contract/email-domains";
import type { JoiningRole } from "@/lib/core/email-domains";

/** The domains by which people may join; only owners see them. */
export function useEmailDomains() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.emailDomains(slug),
    queryFn: ({ signal }) => callApi("GET /domains", { workspace: slug, signal }),
    refetchInterval: (query) => polled(query, () => 15_000),
  });
}

function useInvalidateDomains() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return { slug, invalidate: () => client.invalidateQueries({ queryKey: queryKeys.emailDomains(slug) }) };
}

export function useAddDomain() {
  const { slug, invalidate } = useInvalidateDomains();
  return useMutation({
    mutationFn: (body: CreateEmailDomainInput) => callApi("POST /domains", { workspace: slug, body }),
    onSuccess: async ({ address, emailed }) => {
      await invalidate();
      if (emailed) toast.success(`An email is on its way to ${address}`);
    },
  });
}

export function useSendVerification() {
  const { slug, invalidate } = useInvalidateDomains();
  return useMutation({
    mutationFn: ({ id }: EmailDomainOutput) =>
      callApi("POST /domains/{id}/verification", { workspace: slug, params: { id }, body: {} }),
    onSuccess: ({ address }) => toast.success(`A new email is on its way to ${address}`),
    // It may be verified by now.
    onSettled: invalidate,
  });
}

export function useSetJoiningRole() {
  const { slug, invalidate } = useInvalidateDomains();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: JoiningRole }) =>
      callApi("PATCH /domains/{id}", { workspace: slug, params: { id }, body: { role } }),
    onSettled: invalidate,
  });
}

export function useRemoveDomain() {
  const { slug, invalidate } = useInvalidateDomains();
  return useMutation({
    mutationFn: ({ id }: EmailDomainOutput) =>
      callApi("DELETE /domains/{id}", { workspace: slug, params: { id } }),
    onSuccess: async (_, { domain }) => {
      await invalidate();
      toast.success(`${domain} is removed`);
    },
  });
}
