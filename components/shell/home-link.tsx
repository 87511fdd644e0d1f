"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { useWorkspace } from "./use-workspace";

/** Leads to the first page of the workspace. */
export function HomeLink() {
  const { slug } = useWorkspace();
  return (
    <Button asChild>
      <Link href={`/${slug}/developers/webhooks`}>All webhooks</Link>
    </Button>
  );
}
