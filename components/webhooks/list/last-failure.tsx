import type { EndpointOutput } from "@/lib/contract/endpoints";

/** The last error of a failing webhook, in one line; nothing for others. */
export function LastFailure({ endpoint }: { endpoint: Pick<EndpointOutput, "status" | "lastFailure"> }) {
  const { status, lastFailure } = endpoint;
  if (status !== "failing" || !lastFailure) return null;
  const { title } = lastFailure;
  return (
    <span className="block truncate text-danger text-xs" title={title}>
      {title}
    </span>
  );
}
