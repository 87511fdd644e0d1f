"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { FieldError } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { SessionOutput } from "@/lib/contract/account";
import { methodTexts } from "./account-texts";
import { Section } from "./section";
import { changeAccount, useAccountAct, useSessions } from "./use-account";

/** The user's sessions, and ending them. */
export function SessionsSection() {
  const query = useSessions();
  const failure = useReadError(query);
  const endOthers = useAccountAct(
    () => changeAccount<{ ended: number }>("/sessions/end-others", "POST"),
    ({ ended }) => (ended === 1 ? "1 session was ended" : `${ended} sessions were ended`),
  );
  const others = query.data?.data.filter(({ current }) => !current).length ?? 0;
  return (
    <Section title="Sessions" description="Browsers that are signed in to your account.">
      {failure ? (
        <ErrorState
          title="Your sessions could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : !query.data ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <ul
          data-live=""
          aria-label="Sessions"
          className="divide-y divide-border rounded-lg border border-border"
        >
          {query.data.data.map((session) => (
            <SessionEntry key={session.id} session={session} />
          ))}
        </ul>
      )}
      <FieldError>{endOthers.error?.message}</FieldError>
      {others > 0 && (
        <div>
          <Button variant="outline" pending={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
            End all other sessions
          </Button>
        </div>
      )}
    </Section>
  );
}

function SessionEntry({ session }: { session: SessionOutput }) {
  const { id, current, device, network, method, lastSeenAt, createdAt } = session;
  const end = useAccountAct(
    () => changeAccount(`/sessions/${id}`, "DELETE"),
    () => "The session was ended",
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="font-medium">{device}</span>
          {current && <Badge>This browser</Badge>}
        </p>
        <p className="text-muted-foreground text-xs">
          {network && `${network} · `}
          {!current && (
            <>
              last seen <RelativeTime value={lastSeenAt} /> ·{" "}
            </>
          )}
          signed in <RelativeTime value={createdAt} />
          {method && ` ${methodTexts[method]}`}
        </p>
        <FieldError>{end.error?.message}</FieldError>
      </div>
      {!current && (
        <Button
          variant="ghost"
          size="sm"
          className="text-danger"
          aria-label={`End the session of ${device}`}
          pending={end.isPending}
          onClick={() => end.mutate(undefined)}
        >
          End
        </Button>
      )}
    </li>
  );
}
