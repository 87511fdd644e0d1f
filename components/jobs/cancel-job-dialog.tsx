"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ReplayOutput } from "@/lib/contract/replays";
import { describeCancel } from "./describe-job";
import { useChangeJob } from "./use-change-job";

/** Asks before a job is canceled, and says what happens to the rest. */
export function CancelJobDialog({
  job,
  name,
  onClose,
}: {
  job: ReplayOutput;
  /** Its webhook's name, if the job concerns one webhook and its name is known. */
  name: string | null;
  onClose: () => void;
}) {
  const change = useChangeJob(job.id);
  const words = describeCancel(job, name);
  return (
    <ConfirmDialog
      title={words.title}
      description={words.text}
      confirm={words.button}
      cancel="Keep it"
      pending={change.isPending}
      error={change.error?.message}
      onConfirm={() => change.mutate("cancel", { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
