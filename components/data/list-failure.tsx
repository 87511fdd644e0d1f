import type { UseQueryResult } from "@tanstack/react-query";
import { FilterX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ApiError } from "@/lib/api-client/api-error";

/** Whether the server refused what was asked for, as a filter that was put into the address by hand. */
export const isRefused = (error: Error | null): error is ApiError =>
  error instanceof ApiError && error.status === 422;

/**
 * Shown in place of a filtered list that could not be read: which filters are wrong and what would be right, or that
 * it can be tried again.
 */
export function ListFailure({
  title,
  error,
  query,
  filterNames,
  onClear,
}: {
  /** Shown unless filters are wrong. */
  title: string;
  error: Error;
  query: Pick<UseQueryResult, "refetch" | "isFetching">;
  /** The filters' names on the page, by those of the API. */
  filterNames: Record<string, string>;
  onClear: () => void;
}) {
  if (!isRefused(error)) {
    return (
      <ErrorState
        title={title}
        error={error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  const lines = error.errors.map(({ path, message }) => {
    const field = path.split(".", 1).join();
    return `${filterNames[field] ?? field}: ${message}`;
  });
  return (
    <div role="alert">
      <EmptyState
        icon={FilterX}
        title="These filters can't be used"
        description={
          lines.length > 0 ? [...new Set(lines)].map((line) => <p key={line}>{line}</p>) : error.detail
        }
        action={
          <Button variant="outline" onClick={onClear}>
            Clear filters
          </Button>
        }
      />
    </div>
  );
}
