"use client";

import { PageError } from "@/components/shell/page-error";
import "./globals.css";

/** Replaces the whole document if the root layout itself failed. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <title>Error · Posthorn</title>
        <main>
          <PageError error={error} reset={reset} />
        </main>
      </body>
    </html>
  );
}
