"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";

/** Pauses, resumes or cancels a job. */
export function useChangeJob(id: string) {
  const { slug } = useWorkspace();
  const readAgain = useReadJobsAgain();
  return useMutation({
    mutationFn: (change: "pause" | "resume" | "cancel") =>
      callApi(`POST /replays/{id}/${change}`, { workspace: slug, params: { id }, body: {} }),
    onSettled: readAgain,
  });
}

/** Reads jobs and their results again. */
export function useReadJobsAgain(): () => Promise<void> {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys.replays(slug) });
}
