import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { StatusBadge } from "@/components/ui/status-badge";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { AttemptError } from "@/lib/core/deliveries";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { isSuccess } from "@/lib/core/http-statuses";

const shortErrors: Record<AttemptError, string> = {
  dns_not_found: "no DNS",
  connection_refused: "refused",
  connection_reset: "reset",
  tls_error: "TLS",
  timeout: "timeout",
  blocked_address: "blocked",
  invalid_response: "not HTTP",
  signing_failed: "not signed",
};

/** The status, with the response's code or the reason for a missing response. */
export function DeliveryStatusCell({ delivery }: { delivery: DeliveryOutput }) {
  const { httpStatus, error, inFlight } = delivery;
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <StatusBadge delivery={delivery} />
      {!inFlight && (httpStatus !== null || error) && (
        <span
          className={cn("font-mono text-xs", isSuccess(httpStatus) ? "text-muted-foreground" : "text-danger")}
          title={httpStatus === null && error ? attemptErrorTexts[error].title : undefined}
        >
          {httpStatus ?? (error && shortErrors[error])}
        </span>
      )}
    </span>
  );
}

export function TestBadge() {
  return <Badge variant="outline">Test</Badge>;
}
