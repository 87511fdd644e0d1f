"use client";

import Link from "next/link";
import { useFailureGroups } from "@/components/data/use-failure-groups";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { countEvents } from "@/components/ui/count-events";

/** A link to the largest failure group of a webhook; nothing if there is none. */
export function ShowFailures({ endpointId }: { endpointId: string }) {
  const { slug } = useWorkspace();
  const groups = useFailureGroups({ endpointId: [endpointId] }).data?.data ?? [];
  const [largest] = groups.toSorted((a, b) => b.count - a.count);
  if (!largest) return null;
  return (
    <Link
      href={webhookPaths.failureGroup(slug, endpointId, largest.id)}
      className="text-link hover:underline"
    >
      Show {countEvents(largest.count)} that {largest.count === 1 ? "fails" : "fail alike"}
    </Link>
  );
}
