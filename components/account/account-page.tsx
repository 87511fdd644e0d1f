"use client";

import type { ReactNode } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import type { ProfileOutput } from "@/lib/contract/account";
import { useProfile } from "./use-account";

/** A page of the account, in each of its states; `children` renders its content. */
export function AccountPage({
  title,
  description,
  children,
}: {
  title: string;
  description: string;
  children: (profile: ProfileOutput) => ReactNode;
}) {
  const query = useProfile();
  const failure = useReadError(query);
  return (
    <div className="max-w-2xl">
      <PageHeader title={title} description={description} />
      {failure ? (
        <ErrorState
          title="Your account could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.data ? (
        <div className="grid grid-cols-1 gap-8">{children(query.data)}</div>
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </div>
  );
}
