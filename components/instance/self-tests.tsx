"use client";

import { Check, Circle, LoaderCircle, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FieldError } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { SelfTestOutput } from "@/lib/contract/self-tests";
import { type SelfTestPhase, selfTestPhases } from "@/lib/core/self-test";
import { describeDisk, describeVerdict, phaseTexts } from "./describe-self-test";
import { useSelfTestAct, useSelfTests } from "./use-instance";

const description =
  "Measures how fast this installation delivers, and checks that no event is lost when parts of it fail. It sends its own events.";

/** Instance › Self-test: runs a test, follows it, and shows the results of earlier ones. */
export function SelfTests() {
  const query = useSelfTests();
  const failure = useReadError(query);
  const [asking, setAsking] = useState(false);
  const tests = query.data?.data;
  const running = tests?.find(({ finishedAt }) => finishedAt === null);
  const ended = tests?.filter(({ finishedAt }) => finishedAt !== null);
  const run = (
    <Button onClick={() => setAsking(true)} disabled={running !== undefined || !tests}>
      Run self-test
    </Button>
  );
  return (
    <>
      <PageHeader title="Self-test" description={description} actions={run} />
      {failure ? (
        <ErrorState
          title="The self-tests could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : !ended ? (
        <Skeleton className="h-72 w-full" />
      ) : (
        <div className="grid grid-cols-1 gap-8">
          {running && <Running test={running} />}
          {!running && ended.length === 0 && (
            <EmptyState
              title="No self-test yet"
              description="Run one after installing Posthorn, and after each change to its machine, database or settings."
            />
          )}
          {ended[0] && <Latest test={ended[0]} />}
          {ended.length > 1 && <Earlier tests={ended.slice(1)} />}
        </div>
      )}
      {asking && <RunDialog onClose={() => setAsking(false)} />}
    </>
  );
}

function RunDialog({ onClose }: { onClose: () => void }) {
  const act = useSelfTestAct();
  return (
    <ConfirmDialog
      title="Run a self-test?"
      description="For about a minute, it sends some 13,000 events through this installation to its own receivers. It also kills the delivery thread and closes all database connections, three times each. Your own events are delayed by seconds; some may be sent twice, and none is lost. Everything it wrote is removed at the end."
      confirm="Run self-test"
      cancel="Not now"
      destructive={false}
      pending={act.isPending}
      error={act.error?.message}
      onConfirm={() => act.mutate("start", { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function Running({ test }: { test: SelfTestOutput }) {
  const act = useSelfTestAct();
  const at = test.status === "queued" ? -1 : selfTestPhases.indexOf(test.phase);
  return (
    <section aria-labelledby="running" className="grid gap-3 rounded-lg border border-border p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="running" className="font-semibold text-base">
          {test.status === "queued" ? "Starting…" : "Running…"}
        </h2>
        <Button
          variant="outline"
          size="sm"
          pending={act.isPending || act.isSuccess}
          onClick={() => act.mutate({ cancel: test.id })}
        >
          {act.isSuccess ? "Ending…" : "Cancel"}
        </Button>
      </div>
      <FieldError>{act.error?.message}</FieldError>
      <ol className="grid gap-1.5">
        {selfTestPhases.map((phase, place) => (
          <Step key={phase} phase={phase} state={place < at ? "done" : place === at ? "now" : "later"} />
        ))}
      </ol>
      <p aria-live="polite" className="text-muted-foreground tabular-nums">
        {test.accepted.toLocaleString("en")} accepted, {test.received.toLocaleString("en")} received
      </p>
    </section>
  );
}

const stepIcons: Record<"done" | "now" | "later", { icon: LucideIcon; className: string; word: string }> = {
  done: { icon: Check, className: "text-success", word: "Done: " },
  now: { icon: LoaderCircle, className: "animate-spin text-link motion-reduce:animate-none", word: "Now: " },
  later: { icon: Circle, className: "text-muted-foreground", word: "" },
};

function Step({ phase, state }: { phase: SelfTestPhase; state: keyof typeof stepIcons }) {
  const { icon: Icon, className, word } = stepIcons[state];
  return (
    <li
      className={
        state === "later" ? "flex items-center gap-2 text-muted-foreground" : "flex items-center gap-2"
      }
    >
      <Icon aria-hidden="true" className={`size-4 shrink-0 ${className}`} />
      <span>
        <span className="sr-only">{word}</span>
        {phaseTexts[phase]}
      </span>
    </li>
  );
}

function Latest({ test }: { test: SelfTestOutput }) {
  const { result } = test;
  return (
    <section aria-labelledby="latest" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="latest" className="font-semibold text-base">
          Last self-test
        </h2>
        <Verdict test={test} />
        <span className="text-muted-foreground text-xs">
          by {test.createdBy}, <RelativeTime value={test.createdAt} />
        </span>
      </div>
      {result && <Result result={result} />}
    </section>
  );
}

function Result({ result }: { result: NonNullable<SelfTestOutput["result"]> }) {
  const { accepted, lost, twice, kills, connectionsEnded, bytesPerDelivery } = result;
  const number = (value: number) => Math.round(value).toLocaleString("en");
  return (
    <Facts>
      <Fact name="Accepted and delivered">
        {number(accepted - lost)} of {number(accepted)}
      </Fact>
      <Fact name="Delivered more than once">
        {number(twice)}
        {twice > 0 && " (with the same webhook-id, because the first response was not recorded)"}
      </Fact>
      <Fact name="Deliveries per second in the burst">{number(result.deliveriesPerSecond)}</Fact>
      <Fact name="Time to accept an event, p99">{number(result.publishP99Ms)} ms</Fact>
      <Fact name="Time until an event was received, p99">{number(result.receiptP99Ms)} ms</Fact>
      <Fact name="Faults caused">
        {kills === 0 ? "No thread to kill" : `Thread killed ${kills} times`}, {connectionsEnded} connections
        closed
      </Fact>
      <Fact name="Disk">
        {bytesPerDelivery > 0 ? `${number(bytesPerDelivery)} bytes a delivery. ` : ""}
        {describeDisk(result) ?? "The free space on the database's machine is unknown."}
      </Fact>
    </Facts>
  );
}

function Verdict({ test }: { test: SelfTestOutput }) {
  const { text, good } = describeVerdict(test);
  const variant = !good ? "danger" : test.result ? "success" : "neutral";
  return <Badge variant={variant}>{text}</Badge>;
}

function Earlier({ tests }: { tests: SelfTestOutput[] }) {
  return (
    <section aria-labelledby="earlier" className="grid gap-3">
      <h2 id="earlier" className="font-semibold text-base">
        Earlier self-tests
      </h2>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {tests.map((test) => (
          <li key={test.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <Verdict test={test} />
            {test.result && (
              <span className="tabular-nums">
                {Math.round(test.result.deliveriesPerSecond).toLocaleString("en")} deliveries a second
              </span>
            )}
            <span className="text-muted-foreground text-xs">
              by {test.createdBy}, <RelativeTime value={test.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
