"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { CopyButton } from "@/components/ui/copy-button";
import { describeExpiry } from "@/components/ui/describe-expiry";
import { formatNextTry } from "@/components/ui/format-time";
import { AbsoluteTime } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { httpStatusTexts } from "@/lib/core/http-status-texts";
import { Countdown } from "./countdown";
import { Section } from "./section";
import { waitsForWebhook } from "./waits-for-webhook";

/** A delivery's properties, as names and values. */
export function Properties({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { slug } = useWorkspace();
  const { endpoint, attemptLog, httpStatus, error, nextAttemptAt, status } = delivery;
  const now = useNow() ?? new Date();
  const sentTo = attemptLog[0]?.url ?? endpoint.url;
  const expiry = describeExpiry(attemptLog[0]?.certificateExpiresAt ?? null, now);
  const retries = Math.max(0, delivery.attempts - 1);
  return (
    <Section title="Properties">
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] sm:grid-cols-[132px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <Property name="Timestamp">
          <AbsoluteTime value={delivery.timestamp} day />
        </Property>
        <Property name="Webhook">
          {endpoint.deleted ? (
            <>
              {endpoint.name} <span className="text-muted-foreground">(deleted)</span>
            </>
          ) : (
            <Link href={webhookPaths.show(slug, endpoint.id)} className="text-link hover:underline">
              {endpoint.name}
            </Link>
          )}
        </Property>
        <Property name="Webhook URL" copy={sentTo}>
          <span className="break-all font-mono text-xs">{sentTo}</span>
          {sentTo !== endpoint.url && !endpoint.deleted && (
            <span className="block text-muted-foreground text-xs">
              now changed to <span className="break-all font-mono">{endpoint.url}</span>
            </span>
          )}
        </Property>
        {expiry && (
          <Property name="Certificate">
            <span className="text-warning">{expiry}</span>
          </Property>
        )}
        <Property name="Unique key" copy={delivery.id}>
          <span className="break-all font-mono text-xs">{delivery.id}</span>
          <span className="block text-muted-foreground text-xs">the webhook-id header of each attempt</span>
        </Property>
        <Property name="Event id" copy={delivery.eventId}>
          <span className="break-all font-mono text-xs">{delivery.eventId}</span>
        </Property>
        {delivery.idempotencyKey && (
          <Property name="Producer's key" copy={delivery.idempotencyKey}>
            <span className="break-all font-mono text-xs">{delivery.idempotencyKey}</span>
          </Property>
        )}
        <Property name="Webhook type">
          <span className="break-all font-mono text-xs">{delivery.type}</span>
        </Property>
        <Property name="Response">
          {httpStatus === null
            ? error
              ? attemptErrorTexts[error].title
              : "None yet"
            : `${httpStatus} ${httpStatusTexts(httpStatus).name}`}
        </Property>
        <Property name="Number of retries">{retries}</Property>
        {status === "pending" && nextAttemptAt && !delivery.inFlight && (
          <Property name={delivery.attempts === 0 ? "First attempt" : "Next retry"}>
            {waitsForWebhook(delivery, now) ? (
              `when the webhook answers again; next try ${formatNextTry(endpoint.nextProbeAt, now)}`
            ) : (
              <>
                <AbsoluteTime value={nextAttemptAt} day /> · <Countdown to={new Date(nextAttemptAt)} />
              </>
            )}
          </Property>
        )}
        {status === "held" && !delivery.inFlight && (
          <Property name={delivery.attempts === 0 ? "First attempt" : "Next retry"}>
            {endpoint.disabledAt ? "when the webhook is enabled" : "when held events are replayed"}
          </Property>
        )}
      </dl>
    </Section>
  );
}

function Property({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  return (
    <>
      <dt className="py-1 text-muted-foreground">{name}</dt>
      <dd className="group flex min-w-0 items-start gap-1 py-1">
        <span className="min-w-0 flex-1">{children}</span>
        {copy && <CopyButton value={copy} label={`Copy ${name}`} className="-my-1 text-muted-foreground" />}
      </dd>
    </>
  );
}
