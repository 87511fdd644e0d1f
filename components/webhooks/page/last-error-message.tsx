import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** The last error of a webhook, and what to do about it. */
export function LastErrorMessage({
  endpoint: { lastFailure },
}: {
  endpoint: Pick<EndpointOutput, "lastFailure">;
}) {
  if (!lastFailure) return null;
  return (
    <p>
      {lastFailure.title}, <RelativeTime value={lastFailure.at} />. {lastFailure.advice}
    </p>
  );
}
