"use client";

import { ErrorState } from "@/components/ui/error-state";

export default function DevelopersError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <ErrorState
      title="This page could not be shown"
      error={error}
      hint={error.digest && `The server's log has more, under ${error.digest}.`}
      onRetry={reset}
    />
  );
}
