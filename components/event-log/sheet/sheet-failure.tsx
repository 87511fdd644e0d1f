import type { UseQueryResult } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ApiError } from "@/lib/api-client/api-error";

/** Replaces an event that does not exist or could not be read. */
export function SheetFailure({
  error,
  query,
}: {
  error: Error;
  query: Pick<UseQueryResult, "refetch" | "isFetching">;
}) {
  const { name } = useWorkspace();
  return (
    <div className="p-5">
      {error instanceof ApiError && error.status === 404 ? (
        <EmptyState
          icon={SearchX}
          title="Event not found"
          description={`It may be too old for the log, or not belong to ${name}.`}
        />
      ) : (
        <ErrorState
          title="The event could not be loaded"
          error={error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      )}
    </div>
  );
}
