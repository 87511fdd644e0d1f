"use client";

import { useOwnWorkspaces } from "@/components/shell/use-own-workspaces";

/** Says that no webhook can be added, and who can change that; operators get the page on which they raise the limit. */
export function LimitReached({ limit }: { limit: number }) {
  const isOperator = useOwnWorkspaces().data?.isOperator ?? false;
  return (
    <>
      This workspace has {limit.toLocaleString("en")} {limit === 1 ? "webhook" : "webhooks"}, which is its
      limit. Delete one that is no longer needed, or{" "}
      {isOperator ? (
        // Not a page of the workspace: the browser loads it anew.
        <a href="/instance/workspaces" className="text-link underline">
          raise the limit
        </a>
      ) : (
        "ask an operator of this Posthorn to raise the limit, under Instance › Workspaces"
      )}
      .
    </>
  );
}
