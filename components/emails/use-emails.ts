"use client";

import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import { readDownTo } from "@/lib/api-client/read-down-to";
import type { EmailsOutput } from "@/lib/contract/emails";

/** The workspace's emails, newest first, by page. New ones are added at the top; visible ones stay. */
export function useEmails({ enabled }: { enabled: boolean }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const queryKey = queryKeys.emailList(slug);
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const list = (cursor: string | null) =>
        callApi("GET /emails", { workspace: slug, query: { limit: 50, cursor }, signal });
      if (pageParam !== null) return list(pageParam);
      return readDownTo(list, client.getQueryData<InfiniteData<EmailsOutput>>(queryKey)?.pages[0]);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) =>
      polled(query, ({ pages }) => {
        const leaving = pages[0]?.data.some((email) => email.status === "queued" && !email.lastError);
        return (leaving ? 1_000 : 10_000) * pages.length;
      }),
    enabled,
  });
}

export function useEmail(id: string) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.email(slug, id),
    queryFn: ({ signal }) => callApi("GET /emails/{id}", { workspace: slug, params: { id }, signal }),
    refetchInterval: (query) => polled(query, ({ status }) => (status === "queued" ? 2_000 : false)),
  });
}

export function useSendTestEmail() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi("POST /emails/test", { workspace: slug, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.emailList(slug) }),
  });
}
