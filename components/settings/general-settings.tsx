"use client";

import { PageHeader } from "@/components/shell/page-header";
import { useCan } from "@/components/shell/use-workspace";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { GeneralForm } from "./general-form";
import { useWorkspaceSettings } from "./use-workspace-settings";

/** Settings › General, in each of its states. */
export function GeneralSettings() {
  const mayChange = useCan("workspace:write");
  const query = useWorkspaceSettings();
  return (
    <div className="max-w-2xl">
      <PageHeader
        title="General"
        description={
          mayChange
            ? "What holds for the whole workspace."
            : "Only an owner of this workspace can change its settings."
        }
      />
      {query.isPending ? (
        <SettingsSkeleton />
      ) : query.isLoadingError ? (
        <ErrorState
          title="The settings could not be read"
          error={query.error}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <GeneralForm settings={query.data} mayChange={mayChange} />
      )}
    </div>
  );
}

function SettingsSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-8">
      <span role="status" className="sr-only">
        Loading…
      </span>
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-28 w-full" />
    </div>
  );
}
