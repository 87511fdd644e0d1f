"use client";

import { ChevronRight, GitCompareArrows, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { describeExpiry } from "@/components/ui/describe-expiry";
import { formatDuration } from "@/components/ui/format-time";
import { JsonView } from "@/components/ui/json-view";
import { Spinner } from "@/components/ui/spinner";
import { AbsoluteTime } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { AttemptOutput, DeliveryDetailOutput } from "@/lib/contract/deliveries";
import type { AttemptTrigger } from "@/lib/core/deliveries";
import { AttemptsRail } from "./attempts-rail";
import { describeFailure } from "./describe-failure";
import { HeaderList } from "./header-list";
import { HiddenData } from "./hidden-data";
import { Section } from "./section";
import { Timings } from "./timings";

const AttemptsComparison = dynamic(async () => (await import("./attempts-comparison")).AttemptsComparison, {
  ssr: false,
});

const triggerLabels: Record<AttemptTrigger, string> = {
  automatic: "automatic",
  manual: "manual",
  replay: "replay",
  test: "test",
  probe: "probe",
};

/** The part of the meaning that a trigger's word does not tell. */
const triggerHints: Partial<Record<AttemptTrigger, string>> = {
  manual: "Sent by hand",
  replay: "Sent by a replay",
  probe: "Sent as a single try while the webhook was failing",
};

/** The requests of a delivery, newest first; one under way is at the top. */
export function Attempts({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { attemptLog, inFlight } = delivery;
  const [comparing, setComparing] = useState(false);
  // A failure can be compared with the webhook's last success, a success only with another attempt.
  const comparable = attemptLog.length > 1 || attemptLog.some(describeFailure);
  return (
    <Section
      title={`Attempts · ${attemptLog.length}`}
      action={
        comparable && (
          <Button
            variant="ghost"
            size="sm"
            aria-expanded={comparing}
            onClick={() => setComparing(!comparing)}
          >
            <GitCompareArrows aria-hidden="true" />
            Compare
          </Button>
        )
      }
    >
      {comparing && <AttemptsComparison delivery={delivery} />}
      {attemptLog.length === 0 && !inFlight && <p className="text-muted-foreground">None yet.</p>}
      <AttemptsRail delivery={delivery} />
      <ol className="grid grid-cols-1 overflow-hidden rounded-md border border-border empty:hidden">
        {inFlight && (
          <li className="flex h-9 animate-fade-in items-center gap-2 border-border border-b bg-primary-soft px-3 last:border-b-0">
            <Spinner className="text-link" />
            <span className="text-link">Sending…</span>
          </li>
        )}
        {attemptLog.map((attempt) => (
          <li key={attempt.id} className="border-border border-b last:border-b-0">
            <Attempt attempt={attempt} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Attempt({ attempt }: { attempt: AttemptOutput }) {
  const { number, trigger, httpStatus, errorDetail, durationMs, startedAt, url, request, response } = attempt;
  const failure = describeFailure(attempt);
  const now = useNow(60_000);
  const expiry = now && describeExpiry(attempt.certificateExpiresAt, now);
  return (
    <details className="group">
      <summary className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 marker:content-none hover:bg-surface focus-visible:outline-offset-[-2px]">
        <ChevronRight
          aria-hidden="true"
          className="-ml-1 size-4 text-muted-foreground transition-transform duration-100 group-open:rotate-90"
        />
        <span className="w-6 text-muted-foreground">#{number}</span>
        <span className="text-muted-foreground" title={triggerHints[trigger]}>
          {triggerLabels[trigger]}
        </span>
        <span
          className={cn("min-w-10 flex-1 truncate font-medium", failure ? "text-danger" : "text-success")}
          title={failure?.title}
        >
          {httpStatus ?? failure?.title}
        </span>
        <span className="text-muted-foreground">{formatDuration(durationMs)}</span>
        <AbsoluteTime value={startedAt} day="unless today" className="text-muted-foreground" />
      </summary>
      <div className="grid grid-cols-1 gap-3 border-border border-t bg-surface px-3 py-3">
        <Part name="URL">
          <p className="break-all font-mono text-xs">{url}</p>
        </Part>
        {errorDetail && (
          <Part name="Cause">
            <p className="break-words font-mono text-xs">{errorDetail}</p>
          </Part>
        )}
        <Part name="Timings">
          <p>
            Sent <AbsoluteTime value={startedAt} />, {response ? "answered" : "ended"}{" "}
            <AbsoluteTime value={new Date(new Date(startedAt).getTime() + durationMs).toISOString()} />: after{" "}
            {formatDuration(durationMs)}
          </p>
          <Timings attempt={attempt} />
          {expiry && (
            <p className="flex items-center gap-1.5 text-warning text-xs">
              <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
              The certificate {expiry}.
            </p>
          )}
        </Part>
        <Part name="Request headers">
          <HeaderList headers={request.headers} />
        </Part>
        {response ? (
          <>
            <Part name="Response headers">
              <HeaderList headers={response.headers} />
            </Part>
            <Part name={response.truncated ? "Response body, its first 64 KiB" : "Response body"}>
              {response.body === null ? (
                <HiddenData />
              ) : response.body === "" ? (
                <p className="text-muted-foreground">Empty</p>
              ) : (
                <JsonView json={response.body} label={`response body of attempt ${number}`} />
              )}
            </Part>
          </>
        ) : (
          <p className="text-muted-foreground">No response came.</p>
        )}
      </div>
    </details>
  );
}

function Part({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-1">
      <h4 className="font-medium text-muted-foreground text-xs">{name}</h4>
      {children}
    </div>
  );
}
