"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { getEmail, listEmails, sendTestEmail } from "@/lib/api-client/emails";
import { queryKeys } from "@/lib/api-client/query-keys";

/** The workspace's emails, newest first, a page at a time; read again while the first page is all that is shown. */
export function useEmails({ enabled }: { enabled: boolean }) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: queryKeys.emailList(slug),
    queryFn: ({ pageParam, signal }) => listEmails(slug, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state: { data } }) => {
      if ((data?.pages.length ?? 1) > 1) return false;
      const leaving = data?.pages[0]?.data.some((email) => email.status === "queued" && !email.lastError);
      return leaving ? 1_000 : 10_000;
    },
    enabled,
  });
}

export function useEmail(id: string) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.email(slug, id),
    queryFn: ({ signal }) => getEmail(slug, id, signal),
    refetchInterval: ({ state: { data } }) => (data?.status === "queued" ? 2_000 : false),
  });
}

export function useSendTestEmail() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendTestEmail(slug),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.emailList(slug) }),
  });
}
