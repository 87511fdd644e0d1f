"use client";

import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { ActivityOutput } from "@/lib/contract/account";
import { signInMethods } from "@/lib/core/account";
import { activityTexts, methodTexts } from "./account-texts";
import { Section } from "./section";
import { useActivity } from "./use-account";

/** What happened to the account, newest first. */
export function ActivitySection() {
  const query = useActivity();
  const failure = useReadError(query);
  const rows = query.data?.pages.flatMap(({ data }) => data);
  return (
    <Section title="Recent activity" description="If something here was not you, change your password.">
      {failure ? (
        <ErrorState
          title="The activity could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : !rows ? (
        <Skeleton className="h-40 w-full" />
      ) : rows.length === 0 ? (
        <p className="text-muted-foreground">Nothing yet.</p>
      ) : (
        <>
          <ul data-live="" aria-label="Activity" className="divide-y divide-border">
            {rows.map((row) => (
              <li key={row.id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
                <span className="min-w-0 flex-1 basis-60 break-words">{say(row)}</span>
                <span className="text-muted-foreground text-xs">
                  {[row.device, row.network].filter(Boolean).join(" · ")}
                  {(row.device ?? row.network) && " · "}
                  <RelativeTime value={row.createdAt} />
                </span>
              </li>
            ))}
          </ul>
          <LoadMore query={query} className="justify-self-start" />
        </>
      )}
    </Section>
  );
}

function say({ action, detail }: ActivityOutput): string {
  const text = activityTexts[action];
  if (detail === null) return text;
  const method = signInMethods.find((one) => one === detail);
  return method ? `${text} ${methodTexts[method]}` : `${text}: ${detail}`;
}
