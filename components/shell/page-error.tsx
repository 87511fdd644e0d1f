"use client";

/**
 * What a page says that failed to render. Plain on purpose: each error boundary is shipped with every page,
 * and must work when other parts do not.
 */
export function PageError({ digest, onRetry }: { digest?: string; onRetry: () => void }) {
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-1 px-4 py-24 text-center">
      <h1 className="font-medium text-base">This page could not be shown</h1>
      <p className="text-muted-foreground">
        Something went wrong on our side. {digest && `The server's log has more, under ${digest}.`}
      </p>
      <button
        type="button"
        onClick={onRetry}
        className="mt-3 h-8 rounded-md border border-border-strong px-3 font-medium hover:bg-muted"
      >
        Try again
      </button>
    </div>
  );
}
