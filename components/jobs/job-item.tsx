"use client";

import {
  Ban,
  CircleAlert,
  CircleCheck,
  Hourglass,
  type LucideIcon,
  Pause,
  Play,
  RotateCw,
  Trash2,
  X,
} from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { WaitingWebhooks } from "@/components/data/waiting-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { cn } from "@/components/ui/cn";
import { FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import type { ReplayOutput } from "@/lib/contract/replays";
import { isHeldUp } from "@/lib/core/replays";
import { isActive, type JobMessage } from "./describe-job";
import { JobPace } from "./job-pace";
import { useChangeJob, useReadJobsAgain } from "./use-change-job";
import type { Waits } from "./use-waiting";

const CancelJobDialog = dynamic(async () => (await import("./cancel-job-dialog")).CancelJobDialog, {
  ssr: false,
});

function lookOf(job: ReplayOutput, waits: boolean): { icon: LucideIcon; className: string } {
  const { kind, status } = job;
  if (isHeldUp(job) || (status === "done" && waits)) return { icon: Hourglass, className: "text-warning" };
  if (status === "done") return { icon: CircleCheck, className: "text-success" };
  if (status === "failed") return { icon: CircleAlert, className: "text-danger" };
  if (status === "canceled") return { icon: Ban, className: "text-muted-foreground" };
  if (status === "paused") return { icon: Pause, className: "text-muted-foreground" };
  return { icon: kind === "replay" ? RotateCw : Trash2, className: "text-link" };
}

/** One job of the dock: its action, its progress, and its controls. */
export function JobItem({
  job,
  name,
  words,
  waits,
  onDismiss,
}: {
  job: ReplayOutput;
  /** Its webhook's name, if the job concerns one webhook and its name is known. */
  name: string | null;
  words: JobMessage;
  /** Its deliveries that wait because their webhook keeps failing. */
  waits: Waits;
  onDismiss: () => void;
}) {
  const { slug } = useWorkspace();
  const mayChange = useCan("deliveries:write");
  const change = useChangeJob(job.id);
  const [asking, setAsking] = useState(false);
  const { kind, status, done, total } = job;
  const { icon: Icon, className } = lookOf(job, waits.length > 0);
  const readAgain = useReadJobsAgain();
  const active = isActive(job);
  return (
    <li className="grid gap-1.5 px-3 py-2.5">
      <div className="flex items-center gap-2">
        <Icon aria-hidden="true" className={cn("size-4 shrink-0", className)} />
        <p className="min-w-0 flex-1 truncate font-medium" title={words.title}>
          <Link href={webhookPaths.job(slug, job.id)} className="hover:underline">
            {words.title}
          </Link>
        </p>
        {active && mayChange && (
          <>
            <JobButton
              icon={status === "running" ? Pause : Play}
              label={`${status === "running" ? "Pause" : "Resume"}: ${words.title}`}
              onClick={() => change.mutate(status === "running" ? "pause" : "resume")}
            />
            <JobButton icon={X} label={`Cancel: ${words.title}`} onClick={() => setAsking(true)} />
          </>
        )}
        {!active && <JobButton icon={X} label={`Dismiss: ${words.title}`} onClick={onDismiss} />}
      </div>
      {active && (
        <div
          role="progressbar"
          aria-label={words.title}
          aria-valuemin={0}
          aria-valuemax={Math.max(total, 1)}
          aria-valuenow={Math.min(done, total)}
          className="h-1 overflow-hidden rounded-full bg-border"
        >
          <div
            className={cn(
              "h-full transition-[width] duration-300",
              status === "running" && !isHeldUp(job) ? "bg-primary" : "bg-muted-foreground",
            )}
            style={{ width: `${total === 0 ? 100 : Math.min(100, (done / total) * 100)}%` }}
          />
        </div>
      )}
      <div className="flex items-center gap-x-2">
        <p className="min-w-0 flex-1 text-muted-foreground text-xs">{words.progress}</p>
        {active && kind === "replay" && mayChange && (
          <JobPace job={job} label={`Pace: ${words.title}`} className="h-6 w-44" />
        )}
      </div>
      <WaitingWebhooks waits={waits} onTried={readAgain} />
      <FieldError>{change.error?.message}</FieldError>
      {asking && active && <CancelJobDialog job={job} name={name} onClose={() => setAsking(false)} />}
    </li>
  );
}

function JobButton({ icon: Icon, label, onClick }: { icon: LucideIcon; label: string; onClick: () => void }) {
  return (
    <IconButton label={label} title={label.split(":")[0]} onClick={onClick}>
      <Icon aria-hidden="true" />
    </IconButton>
  );
}
