"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { queryKeys } from "@/lib/api-client/query-keys";
import { changeReplay } from "@/lib/api-client/replays";

/** Pauses, resumes or cancels a job. */
export function useChangeJob(id: string) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: "pause" | "resume" | "cancel") => changeReplay(slug, id, change),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.replays(slug) }),
  });
}
