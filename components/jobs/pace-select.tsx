"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { FieldError } from "@/components/ui/field";
import { inputClasses } from "@/components/ui/input";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ReplayOutput } from "@/lib/contract/replays";
import { paces } from "@/lib/core/replays";

const label = (pace: number | null) =>
  pace === null ? "As fast as they answer" : `At most ${pace.toLocaleString("en")} a second`;

/** A job's pace, which can be changed while the job runs. */
export function PaceSelect({ job }: { job: ReplayOutput }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const mayChange = useCan("deliveries:write");
  const change = useMutation({
    mutationFn: (ratePerSecond: number | null) =>
      callApi("PATCH /replays/{id}", { workspace: slug, params: { id: job.id }, body: { ratePerSecond } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.replays(slug) }),
  });
  const current = change.isPending ? change.variables : job.ratePerSecond;
  if (!mayChange || job.finishedAt !== null) return label(job.ratePerSecond);
  const offered = [null, ...new Set([...paces, ...(current === null ? [] : [current])])];
  return (
    <>
      <select
        aria-label="Pace"
        value={current ?? ""}
        onChange={({ target }) => change.mutate(target.value === "" ? null : Number(target.value))}
        className={`${inputClasses} h-7 w-fit px-2 text-xs`}
      >
        {offered.map((pace) => (
          <option key={pace ?? 0} value={pace ?? ""}>
            {label(pace)}
          </option>
        ))}
      </select>
      <FieldError>{change.error?.message}</FieldError>
    </>
  );
}
