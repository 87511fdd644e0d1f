"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PaceSelect, paceLabel } from "@/components/shell/pace-select";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { cn } from "@/components/ui/cn";
import { FieldError } from "@/components/ui/field";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ReplayOutput } from "@/lib/contract/replays";

/** A job's pace, which can be changed while the job runs. */
export function JobPace({
  job,
  label = "Pace",
  className,
}: {
  job: ReplayOutput;
  /** For a screen reader, if several are on a page. */
  label?: string;
  className?: string;
}) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const mayChange = useCan("deliveries:write");
  const change = useMutation({
    mutationFn: (ratePerSecond: number | null) =>
      callApi("PATCH /replays/{id}", { workspace: slug, params: { id: job.id }, body: { ratePerSecond } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.replays(slug) }),
  });
  if (!mayChange || job.finishedAt !== null) return paceLabel(job.ratePerSecond);
  return (
    <>
      <PaceSelect
        aria-label={label}
        size="sm"
        className={cn("w-48 max-w-full", className)}
        pace={change.isPending ? change.variables : job.ratePerSecond}
        onChange={(pace) => change.mutate(pace)}
      />
      <FieldError>{change.error?.message}</FieldError>
    </>
  );
}
