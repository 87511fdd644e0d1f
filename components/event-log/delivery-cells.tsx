import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { StatusBadge } from "@/components/ui/status-badge";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { AttemptError } from "@/lib/core/deliveries";
import { describeAttemptError } from "@/lib/core/deliveries";
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

/** In a word or two; of a certificate, what is wrong with it. */
function shortError(error: AttemptError, detail: string | null): string {
  const [, words] = tlsFaults.find(([said]) => error === "tls_error" && detail && said.test(detail)) ?? [];
  return words ?? shortErrors[error];
}

const tlsFaults: readonly [said: RegExp, words: string][] = [
  [/ expired/, "cert expired"],
  [/self-signed/, "self-signed"],
  [/ is for /, "wrong host"],
  [/issued by|issuer/, "unknown issuer"],
];

/** The status, with the response's code or the reason for a missing response. */
export function DeliveryStatusCell({ delivery }: { delivery: DeliveryOutput }) {
  const { httpStatus, error, errorDetail, inFlight } = delivery;
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <StatusBadge delivery={delivery} />
      {!inFlight && (httpStatus !== null || error) && (
        <span
          className={cn(
            "truncate font-mono text-xs",
            isSuccess(httpStatus) ? "text-muted-foreground" : "text-danger",
          )}
          title={httpStatus === null && error ? describeAttemptError(error, errorDetail).title : undefined}
        >
          {httpStatus ?? (error && shortError(error, errorDetail))}
        </span>
      )}
    </span>
  );
}

export function TestBadge() {
  return <Badge variant="outline">Test</Badge>;
}
