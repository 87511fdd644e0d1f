"use client";

import { RotateCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { filtersNotCounted, groupFilter, isOfTime, mayBeGrouped } from "@/components/data/group-filter";
import { groupsPage, useFailureGroups } from "@/components/data/use-failure-groups";
import { useWebhooks } from "@/components/data/use-webhooks";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { FailureGroupOutput } from "@/lib/contract/failure-groups";
import type { StartReplayInput } from "@/lib/contract/replays";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { jobFilter } from "./job-filter";

const SendAgainDialog = dynamic(async () => (await import("./send-again-dialog")).SendAgainDialog, {
  ssr: false,
});

/** Groups that are shown before "more" is pressed: of the worst, the largest first. */
const shownAtFirst = 5;

/**
 * Failure groups above the rows of the log: how many, since when, and what can be done. Nothing if nothing fails, or
 * if nothing that fails can match the log's filters.
 */
export function FailureGroups({
  filter,
  chosen,
  onChoose,
}: {
  /** The log's filter. */
  filter: DeliveriesFilter;
  /** The group that the log is filtered by. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const mayChange = useCan("deliveries:write");
  const webhooks = useWebhooks();
  const now = useNow(60_000);
  /** How many pages of groups are shown; 0: only the first of them. */
  const [pages, setPages] = useState(0);
  const all = pages > 0;
  const [retrying, setRetrying] = useState<StartReplayInput["filter"] | null>(null);
  const canMatch = mayBeGrouped(filter);
  const mayRetry = mayChange && canMatch;
  const { data, isPlaceholderData } = useFailureGroups(groupFilter(filter), {
    enabled: canMatch,
    pages: Math.max(1, pages),
  });
  const groups = canMatch ? data?.data : [];
  const isChosenListed = chosen === null || groups?.some(({ id }) => id === chosen);
  const other = useFailureGroups({ id: chosen }, { enabled: groups !== undefined && !isChosenListed });
  if (!groups) return null;
  const chosenOther = isChosenListed ? undefined : other.data?.data[0];
  if (!isChosenListed && other.data && !chosenOther) return <GroupEmpty onLeave={() => onChoose(null)} />;
  if (groups.length === 0 && !chosenOther) return null;
  const shown = [
    ...groups.filter(({ id }, at) => all || at < shownAtFirst || id === chosen),
    ...(chosenOther ? [chosenOther] : []),
  ].toSorted((a, b) => b.count - a.count);
  const more = (data?.total.groups ?? 0) - shown.length;
  const notCounted = filtersNotCounted(filter);
  const isRounded = isOfTime(filter);
  const isExact = notCounted.length === 0 && !isRounded;
  const nameOf = (id: string) => webhooks.data?.data.find((one) => one.id === id)?.name;
  return (
    <section aria-label="What fails" className="@container rounded-lg border border-border">
      {/* One grid, so that all groups' bars and buttons are in line, whatever is on the buttons. */}
      <ul
        data-live=""
        className={cn(
          "@xl:grid @xl:gap-x-3 divide-y divide-border",
          mayRetry
            ? "@xl:grid-cols-[minmax(0,1fr)_auto_auto_auto]"
            : "@xl:grid-cols-[minmax(0,1fr)_auto_auto]",
        )}
      >
        {shown.map((group) => {
          const title = describeGroup(group);
          return (
            <li
              key={group.id}
              className="@xl:col-span-full @xl:grid @xl:grid-cols-subgrid flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 data-[chosen=true]:bg-primary-soft"
              data-chosen={group.id === chosen}
            >
              <p className="min-w-0 flex-1 basis-64">
                <span className="font-medium">{title}</span>
                <span className="text-muted-foreground">
                  {now && ` · since ${formatMoment(new Date(group.since), now)}`}
                  {` · ${group.types.length === 1 ? group.types[0] : `${group.types.length} types`}`}
                  {filter.endpointId?.length !== 1 &&
                    nameOf(group.endpointId) &&
                    ` · ${nameOf(group.endpointId)}`}
                </span>
              </p>
              <Strip counts={group.strip.counts} />
              <span className="@xl:contents flex gap-1.5">
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
                  <Button
                    variant="outline"
                    size="sm"
                    className="@xl:-ml-1.5 justify-start"
                    aria-label={`${sendLabel(group, isExact)}: ${title}`}
                    onClick={() => setRetrying(jobFilter({ ...filter, failureGroup: group.id }))}
                  >
                    <RotateCw aria-hidden="true" />
                    {sendLabel(group, isExact)}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {!canMatch && (
        <p className="border-border border-t px-3 py-1.5 text-muted-foreground">
          None of these events has a status that the log is filtered by: they are held, being retried, or
          failed.
        </p>
      )}
      {canMatch && !isExact && (
        <p className="border-border border-t px-3 py-1.5 text-muted-foreground">
          {notCounted.length > 0 && `These counts ignore the filter by ${listOf(notCounted)}. `}
          {isRounded && "Counts by time are rounded to 5 minutes."}
        </p>
      )}
      {(more > 0 || all) && groups.length > shownAtFirst && (
        <span className="m-1 flex gap-1">
          {more > 0 && (!all || data?.nextCursor) && (
            <Button variant="ghost" size="sm" pending={isPlaceholderData} onClick={() => setPages(pages + 1)}>
              {all ? `Show ${Math.min(more, groupsPage)} more` : `${more.toLocaleString("en")} more`}
            </Button>
          )}
          {all && (
            <Button variant="ghost" size="sm" onClick={() => setPages(0)}>
              Show fewer
            </Button>
          )}
        </span>
      )}
      {retrying && <SendAgainDialog filter={retrying} onClose={() => setRetrying(null)} />}
    </section>
  );
}

/** The log is filtered by a group that nothing is in any more, like by the link of an email after a repair. */
function GroupEmpty({ onLeave }: { onLeave: () => void }) {
  return (
    <section
      aria-label="What fails"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-border px-3 py-1.5"
    >
      <p className="flex-1 basis-64 text-muted-foreground">
        Nothing fails in this way any more: its events were delivered, discarded, or failed differently since.
      </p>
      <Button variant="outline" size="sm" onClick={onLeave}>
        Show all
      </Button>
    </section>
  );
}

/** Without a number if the group's count is not exactly what the log's filters match. */
const sendLabel = ({ count }: FailureGroupOutput, isExact: boolean) =>
  count === 1 || !isExact ? "Send again…" : `Send ${count.toLocaleString("en")} again…`;

const listOf = (names: string[]) => new Intl.ListFormat("en").format(names);

/** Like `27 × 500 "db pool exhausted (conn …)"`. */
function describeGroup({ count, httpStatus, error, text }: FailureGroupOutput): string {
  const what = httpStatus ?? (error ? attemptErrorTexts[error].title : "No response");
  return `${count.toLocaleString("en")} × ${what}${text === "" ? "" : ` “${text}”`}`;
}

function Strip({ counts }: { counts: readonly number[] }) {
  const max = Math.max(1, ...counts);
  return (
    <svg aria-hidden="true" viewBox="0 0 96 20" className="h-5 w-24 shrink-0 fill-danger @max-xl:hidden">
      {counts.map((n, at) => {
        const height = n === 0 ? 0 : Math.max(2, (n / max) * 20);
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
        return <rect key={at} x={at * 4} y={20 - height} width={3} height={height} />;
      })}
    </svg>
  );
}
