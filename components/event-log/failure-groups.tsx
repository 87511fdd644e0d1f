"use client";

import { RotateCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFailureGroups } from "@/components/data/use-failure-groups";
import { useWebhooks } from "@/components/data/use-webhooks";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { FailureGroupOutput } from "@/lib/contract/failure-groups";
import { attemptErrorTexts } from "@/lib/core/deliveries";

const SendAgainDialog = dynamic(async () => (await import("./send-again-dialog")).SendAgainDialog, {
  ssr: false,
});

/** Groups that are shown before "more" is pressed. */
const shownAtFirst = 3;

/** Failure groups above the rows of the log: how many, since when, and what can be done. Nothing if nothing fails. */
export function FailureGroups({
  endpointId,
  chosen,
  onChoose,
}: {
  /** The log's webhooks; undefined for all. */
  endpointId: string[] | undefined;
  /** The group that the log is filtered by. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const mayRetry = useCan("deliveries:write");
  const webhooks = useWebhooks();
  const now = useNow(60_000);
  const [all, setAll] = useState(false);
  const [retrying, setRetrying] = useState<FailureGroupOutput | null>(null);
  const { data } = useFailureGroups(endpointId);
  if (!data || data.data.length === 0) return null;
  const shown = data.data.filter(({ id }, at) => all || at < shownAtFirst || id === chosen);
  const more = data.total.groups - shown.length;
  const nameOf = (id: string) => webhooks.data?.data.find((one) => one.id === id)?.name;
  return (
    <section aria-label="What fails" className="rounded-lg border border-border">
      <ul data-live="" className="divide-y divide-border">
        {shown.map((group) => {
          const title = describeGroup(group);
          return (
            <li
              key={group.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 data-[chosen=true]:bg-primary-soft"
              data-chosen={group.id === chosen}
            >
              <p className="min-w-0 flex-1 basis-64">
                <span className="font-medium">{title}</span>
                <span className="text-muted-foreground">
                  {now && ` · since ${formatMoment(new Date(group.since), now)}`}
                  {` · ${group.types.length === 1 ? group.types[0] : `${group.types.length} types`}`}
                  {endpointId?.length !== 1 && nameOf(group.endpointId) && ` · ${nameOf(group.endpointId)}`}
                </span>
              </p>
              <Strip counts={group.strip.counts} />
              <span className="flex gap-1.5">
                <Button
                  variant="outline"
                  size="sm"
                  aria-pressed={group.id === chosen}
                  aria-label={`${group.id === chosen ? "Show all" : "Show"}: ${title}`}
                  onClick={() => onChoose(group.id === chosen ? null : group.id)}
                >
                  {group.id === chosen ? "Show all" : "Show"}
                </Button>
                {mayRetry && (
                  <Button variant="outline" size="sm" onClick={() => setRetrying(group)}>
                    <RotateCw aria-hidden="true" />
                    {group.count === 1 ? "Send again…" : `Send ${group.count.toLocaleString("en")} again…`}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {(more > 0 || all) && data.data.length > shownAtFirst && (
        <Button variant="ghost" size="sm" className="m-1" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${more.toLocaleString("en")} more`}
        </Button>
      )}
      {retrying && (
        <SendAgainDialog filter={{ failureGroup: retrying.id }} onClose={() => setRetrying(null)} />
      )}
    </section>
  );
}

/** Like `27 × 500 "db pool exhausted (conn …)"`. */
function describeGroup({ count, httpStatus, error, text }: FailureGroupOutput): string {
  const what = httpStatus ?? (error ? attemptErrorTexts[error].title : "No response");
  return `${count.toLocaleString("en")} × ${what}${text === "" ? "" : ` “${text}”`}`;
}

function Strip({ counts }: { counts: readonly number[] }) {
  const max = Math.max(1, ...counts);
  return (
    <svg aria-hidden="true" viewBox="0 0 96 20" className="h-5 w-24 shrink-0 fill-danger max-sm:hidden">
      {counts.map((n, at) => {
        const height = n === 0 ? 0 : Math.max(2, (n / max) * 20);
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
        return <rect key={at} x={at * 4} y={20 - height} width={3} height={height} />;
      })}
    </svg>
  );
}
