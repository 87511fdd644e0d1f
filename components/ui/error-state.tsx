"use client";

import { CircleAlert, Lock, RotateCw, SearchX } from "lucide-react";
import { Button } from "./button";
import { cn } from "./cn";
import { EmptyState } from "./empty-state";

type ErrorStateProps = {
  title: string;
  /** For an `ApiError`, the detail is shown; a 403 and a 404 are shown as separate states, without a retry. */
  error?: unknown;
  /** Shown if the error has no detail. */
  hint?: string;
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
};

/** Shown in place of a list that could not be loaded, with a button to try again. */
export function ErrorState({ title, error, hint, onRetry, retrying, className }: ErrorStateProps) {
  const { status, detail, requestId } = problemOf(error);
  if (status === 403) {
    return (
      <EmptyState
        icon={Lock}
        title="You don't have access"
        description={detail ?? "Ask an owner of this workspace for access."}
        className={className}
      />
    );
  }
  if (status === 404) {
    return (
      <EmptyState
        icon={SearchX}
        title={detail ?? "Not found"}
        description="It may have been removed, or be in another workspace."
        className={className}
      />
    );
  }
  return (
    <div
      role="alert"
      data-slot="error-state"
      className={cn(
        "flex flex-col items-center gap-1 rounded-lg border border-border px-6 py-12 text-center",
        className,
      )}
    >
      <CircleAlert aria-hidden="true" strokeWidth={1.5} className="mb-2 size-6 text-danger" />
      <p className="font-medium text-base">{title}</p>
      <p className="max-w-md text-muted-foreground text-sm">
        {detail || hint || "The server did not answer. Check your connection and try again."}
      </p>
      {/* Of what is the caller's error, the log has nothing. */}
      {requestId && status !== undefined && status >= 500 && (
        <p className="text-muted-foreground text-xs">
          Details are in the server's log, under <span className="font-mono">{requestId}</span>.
        </p>
      )}
      {onRetry && (
        <Button variant="outline" pending={retrying} onClick={onRetry} className="mt-3">
          {!retrying && <RotateCw aria-hidden="true" />}
          Try again
        </Button>
      )}
    </div>
  );
}

function problemOf(error: unknown): { status?: number; detail?: string; requestId?: string } {
  if (!(error instanceof Error)) return {};
  return {
    status: "status" in error && typeof error.status === "number" ? error.status : undefined,
    detail: "detail" in error && typeof error.detail === "string" ? error.detail : undefined,
    requestId: "requestId" in error && typeof error.requestId === "string" ? error.requestId : undefined,
  };
}
