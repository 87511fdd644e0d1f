"use client";

import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { ReplayOutput } from "@/lib/contract/replays";
import { describeCancel } from "./describe-job";
import { useChangeJob } from "./use-change-job";

/** Asks before a job is canceled, and says what becomes of the rest. */
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
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{words.title}</AlertDialogTitle>
          <AlertDialogDescription>{words.text}</AlertDialogDescription>
          <FieldError>{change.error?.message}</FieldError>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={change.isPending}
            onClick={() => change.mutate("cancel", { onSuccess: onClose })}
          >
            {words.button}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
