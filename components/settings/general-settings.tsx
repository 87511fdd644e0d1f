"use client";

import { PageHeader } from "@/components/shell/page-header";
import { useCan } from "@/components/shell/use-workspace";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import { DangerZone } from "./danger-zone";
import { GeneralForm } from "./general-form";
import { useWorkspaceSettings } from "./use-workspace-settings";

/** Settings › General, in each of its states. */
export function GeneralSettings() {
  const mayChange = useCan("workspace:write");
  const query = useWorkspaceSettings();
  const failure = useReadError(query);
  return (
    <div className="max-w-2xl">
      <PageHeader
        title="General"
        description={
          mayChange
            ? "Settings of the whole workspace."
            : "Only an owner of this workspace can change its settings."
        }
      />
      {failure ? (
        <ErrorState
          title="The settings could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.data ? (
        <>
          <GeneralForm settings={query.data} mayChange={mayChange} />
          <DangerZone mayDelete={mayChange} />
        </>
      ) : (
        <SettingsSkeleton />
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
