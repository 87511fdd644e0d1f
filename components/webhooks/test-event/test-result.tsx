import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format-time";
import { JsonView } from "@/components/ui/json-view";
import { Spinner } from "@/components/ui/spinner";
import type { TestEndpointOutput } from "@/lib/contract/endpoints";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { httpStatusTexts } from "@/lib/core/http-status-texts";
import { isSuccess } from "@/lib/core/http-statuses";

/** The result of a test event: under way, refused by Posthorn, or the receiver's answer. */
export function TestResult({
  pending,
  error,
  result,
  logHref,
  onLeave,
}: {
  pending: boolean;
  error: Error | null;
  result: TestEndpointOutput | undefined;
  logHref: (result: TestEndpointOutput) => string;
  onLeave: () => void;
}) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {pending && (
        <p className="flex items-center gap-2 text-muted-foreground">
          <Spinner />
          Sending…
        </p>
      )}
      {!pending && error && (
        <p className="flex items-start gap-2 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {error.message}
        </p>
      )}
      {!pending && result && <Answer result={result} logHref={logHref(result)} onLeave={onLeave} />}
    </div>
  );
}

function Answer({
  result: { attempt },
  logHref,
  onLeave,
}: {
  result: TestEndpointOutput;
  logHref: string;
  onLeave: () => void;
}) {
  const { httpStatus, error, errorDetail, durationMs, response } = attempt;
  const succeeded = isSuccess(httpStatus);
  const Icon = succeeded ? CircleCheck : CircleAlert;
  const words = httpStatus === null ? null : httpStatusTexts(httpStatus);
  const failure = httpStatus === null && error ? attemptErrorTexts[error] : null;
  const advice = failure?.advice ?? words?.advice;
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className={cn("flex items-center gap-2 font-medium", succeeded ? "text-success" : "text-danger")}>
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          {httpStatus === null
            ? `${failure?.title ?? "No response"}, after ${formatDuration(durationMs)}`
            : `Answered ${httpStatus} in ${formatDuration(durationMs)}`}
        </p>
        <Link href={logHref} onClick={onLeave} className="ml-auto text-link hover:underline">
          Show in the event log
        </Link>
      </div>
      {!succeeded && advice && <p className="text-muted-foreground">{advice}</p>}
      {errorDetail && <p className="break-words font-mono text-muted-foreground text-xs">{errorDetail}</p>}
      {response &&
        (!response.body ? (
          <p className="text-muted-foreground">The response has no body.</p>
        ) : (
          <JsonView json={response.body} label="response body" />
        ))}
    </div>
  );
}
