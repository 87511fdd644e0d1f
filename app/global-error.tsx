"use client";

import "./globals.css";
import { ErrorState } from "@/components/ui/error-state";

/** Takes the place of the whole document when the root layout itself failed. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Posthorn</title>
        <main className="mx-auto max-w-md px-4 py-24">
          <ErrorState title="Something went wrong" hint="Try again, or reload the page." onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
