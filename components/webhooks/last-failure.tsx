import { RelativeTime } from "@/components/ui/time";
import { attemptErrorTexts } from "@/lib/deliveries/constants";
import type { EndpointOutput } from "@/lib/endpoints/schemas";

/** The last error of a failing webhook, in one line; nothing for others. */
export function LastFailure({ endpoint }: { endpoint: Pick<EndpointOutput, "status" | "lastFailure"> }) {
  const { status, lastFailure } = endpoint;
  if (status !== "failing" || !lastFailure) return null;
  const { httpStatus, error, at } = lastFailure;
  const words = error ? attemptErrorTexts[error].title : `It answered ${httpStatus ?? "nothing"}`;
  return (
    <span className="flex gap-1 whitespace-nowrap text-xs">
      <span className="truncate text-danger" title={words}>
        {words}
      </span>
      <RelativeTime value={at} className="text-muted-foreground" />
    </span>
  );
}
