"use client";

import { ErrorState } from "@/components/ui/error-state";

export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto max-w-md px-4 py-24">
      <ErrorState
        title="Something went wrong"
        error={error}
        hint={error.digest && `The server's log has more, under ${error.digest}.`}
        onRetry={reset}
      />
    </main>
  );
}
