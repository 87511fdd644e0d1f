"use client";

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { HiddenData } from "@/components/event-log/sheet/hidden-data";
import { Section } from "@/components/event-log/sheet/section";
import { SheetBar, type SheetNavigation } from "@/components/event-log/sheet/sheet-bar";
import { SheetFailure } from "@/components/event-log/sheet/sheet-failure";
import { SheetShell } from "@/components/event-log/sheet/sheet-shell";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { AbsoluteTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EventDetailOutput } from "@/lib/contract/events";
import { EventOutcomes } from "./event-outcomes";

const SendDialog = dynamic(async () => (await import("./send-dialog")).SendDialog, { ssr: false });

type PublishedSheetProps = SheetNavigation & { id: string };

/** One published event: its deliveries, its payload, and sending it to a webhook that did not get it. */
export function PublishedSheet(props: PublishedSheetProps) {
  return (
    <SheetShell label="Published event" onClose={() => props.onOpen(null)}>
      <Content {...props} />
    </SheetShell>
  );
}

function usePublishedEvent(id: string) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.event(slug, id),
    queryFn: ({ signal }) => callApi("GET /events/{id}", { workspace: slug, params: { id }, signal }),
    refetchInterval: (query) =>
      polled(query, ({ deliveryLog }) =>
        deliveryLog.some(({ status, inFlight }) => inFlight || status === "pending") ? 1_000 : 10_000,
      ),
  });
}

function Content({ id, ...navigation }: PublishedSheetProps) {
  const query = usePublishedEvent(id);
  const readError = useReadError(query);
  const mayWrite = useCan("deliveries:write");
  const [sending, setSending] = useState(false);
  const event = query.data;
  return (
    <>
      <header className="sticky top-0 z-10 grid gap-2 border-border border-b bg-background px-5 py-3">
        <SheetBar {...navigation} />
        {event && (
          <div className="flex items-start gap-3">
            <div className="grid min-w-0 flex-1 gap-1">
              <h2 className="break-all font-medium font-mono text-base">{event.type}</h2>
              <div aria-live="polite" className="flex flex-wrap">
                <EventOutcomes event={event} />
              </div>
            </div>
            {mayWrite && !event.test && (
              <Button
                variant={event.deliveries === 0 ? "default" : "outline"}
                onClick={() => setSending(true)}
              >
                <Send aria-hidden="true" />
                Send to a webhook…
              </Button>
            )}
          </div>
        )}
      </header>
      {!event && !readError && (
        <div role="status" aria-busy="true" aria-label="Loading the event" className="grid gap-3 p-5">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="w-32" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      {readError && <SheetFailure error={readError} query={query} />}
      {event && (
        <div key={event.id} data-live="">
          <Deliveries event={event} />
          <Properties event={event} />
          <Section title="Payload">
            {event.payload === null ? (
              <HiddenData />
            ) : (
              <JsonView json={event.payload} label="published payload" fileName={`${event.id}.json`} />
            )}
          </Section>
        </div>
      )}
      {event && sending && <SendDialog event={event} onClose={() => setSending(false)} />}
    </>
  );
}

function Deliveries({ event }: { event: EventDetailOutput }) {
  const { slug } = useWorkspace();
  const list = useWebhooks();
  const names = new Map(list.data?.data.map(({ id, name }) => [id, name]));
  const { deliveryLog } = event;
  return (
    <Section title={`Deliveries · ${deliveryLog.length}`}>
      {deliveryLog.length === 0 ? (
        <p className="text-muted-foreground">
          It was sent to no webhook: none subscribed to its type, or it was published with{" "}
          <span className="font-mono text-xs">deliver: false</span>.
        </p>
      ) : (
        <ul className="grid grid-cols-1 overflow-hidden rounded-md border border-border">
          {deliveryLog.map((delivery) => (
            <li key={delivery.id} className="border-border border-b last:border-b-0">
              <Link
                href={webhookPaths.loggedDelivery(slug, delivery.id)}
                className="flex min-h-9 items-center gap-3 px-3 py-1.5 hover:bg-surface focus-visible:outline-offset-[-2px]"
              >
                <span className="min-w-0 flex-1 truncate">
                  {names.get(delivery.endpointId) ?? (list.data ? "Deleted webhook" : "")}
                </span>
                {delivery.httpStatus !== null && (
                  <span className="font-mono text-muted-foreground text-xs">{delivery.httpStatus}</span>
                )}
                <StatusBadge delivery={delivery} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Properties({ event }: { event: EventDetailOutput }) {
  return (
    <Section title="Properties">
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] items-center gap-x-3 gap-y-1 sm:grid-cols-[132px_minmax(0,1fr)]">
        <dt className="text-muted-foreground">Timestamp</dt>
        <dd>
          <AbsoluteTime value={event.timestamp} day />
        </dd>
        <dt className="text-muted-foreground">Published</dt>
        <dd>
          <AbsoluteTime value={event.createdAt} day />
        </dd>
        <dt className="text-muted-foreground">Event id</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 flex-1 break-all font-mono text-xs">{event.id}</span>
          <CopyButton value={event.id} label="Copy the event id" className="text-muted-foreground" />
        </dd>
        {event.idempotencyKey !== null && (
          <>
            <dt className="text-muted-foreground">Producer's key</dt>
            <dd className="flex min-w-0 items-center gap-1">
              <span className="min-w-0 flex-1 break-all font-mono text-xs">{event.idempotencyKey}</span>
              <CopyButton
                value={event.idempotencyKey}
                label="Copy the producer's key"
                className="text-muted-foreground"
              />
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}
