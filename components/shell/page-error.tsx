"use client";

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/**
 * Shown if a page fails to render: the content of Next's `error.tsx` files. Kept simple, because each error boundary
 * is loaded with every page, and must work when other parts do not.
 */
export function PageError({ error, reset }: PageErrorProps) {
  // Code that could not be loaded is only fetched again with the page.
  const lacksCode = error.name === "ChunkLoadError";
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-1 px-4 py-24 text-center">
      <h1 className="font-medium text-base">
        {lacksCode ? "Part of this page could not be loaded" : "This page could not be shown"}
      </h1>
      <p className="text-muted-foreground">
        {lacksCode
          ? "Posthorn could not be reached, or was updated since this page was opened."
          : "Something went wrong."}{" "}
        {error.digest && `Details are in the server's log, under ${error.digest}.`}
      </p>
      <button
        type="button"
        onClick={lacksCode ? () => window.location.reload() : reset}
        className="mt-3 h-8 rounded-md border border-border-strong px-3 font-medium hover:bg-muted"
      >
        {lacksCode ? "Reload the page" : "Try again"}
      </button>
    </div>
  );
}
