import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/endpoints/schemas";

/** The last error of a failing webhook, in one line; nothing for others. */
export function LastFailure({ endpoint }: { endpoint: Pick<EndpointOutput, "status" | "lastFailure"> }) {
  const { status, lastFailure } = endpoint;
  if (status !== "failing" || !lastFailure) return null;
  const { title, at } = lastFailure;
  return (
    <span className="flex gap-1 whitespace-nowrap text-xs">
      <span className="truncate text-danger" title={title}>
        {title}
      </span>
      <RelativeTime value={at} className="text-muted-foreground" />
    </span>
  );
}
