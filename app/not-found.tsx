import type { Metadata } from "next";

export const metadata: Metadata = { title: "Not found" };

/** Plain, like the error pages: it is shipped with every page. */
export default function NotFound() {
  return (
    <main className="mx-auto grid max-w-md justify-items-center gap-1 px-4 py-24 text-center">
      <h1 className="font-medium text-base">Page not found</h1>
      <p className="text-muted-foreground">
        The URL is wrong, or it belongs to a workspace that you are not a member of.
      </p>
      <a
        href="/"
        className="mt-3 inline-flex h-8 items-center rounded-md border border-border-strong px-3 font-medium hover:bg-muted"
      >
        Go home
      </a>
    </main>
  );
}
