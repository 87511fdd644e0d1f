import { describeFailure } from "@/components/event-sheet/describe-failure";
import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/endpoints/schemas";

/** The last error of a webhook in words, and what to do about it. */
export function LastErrorWords({
  endpoint: { lastFailure },
}: {
  endpoint: Pick<EndpointOutput, "lastFailure">;
}) {
  const failure = lastFailure && describeFailure({ ...lastFailure, errorDetail: null });
  if (!lastFailure || !failure) return null;
  return (
    <p>
      {failure.title}, <RelativeTime value={lastFailure.at} />. {failure.advice}
    </p>
  );
}
