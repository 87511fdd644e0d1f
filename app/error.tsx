"use client";

import { PageError } from "@/components/shell/page-error";

export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main>
      <PageError digest={error.digest} onRetry={reset} />
    </main>
  );
}
