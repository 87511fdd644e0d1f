"use client";

import { Send } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsBoolean, parseAsStringLiteral, useQueryState } from "nuqs";
import { type ComponentType, Suspense, useState } from "react";
import { useWebhook } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { tabClasses } from "@/components/ui/tab-classes";
import { useReadError } from "@/components/ui/use-read-error";
import { useOffer } from "@/components/webhooks/actions/use-offer";
import { useWebhookSwitch } from "@/components/webhooks/actions/use-webhook-switch";
import { WebhookMenu } from "@/components/webhooks/actions/webhook-menu";
import { HealthBadge } from "@/components/webhooks/health-badge";
import { ApiError } from "@/lib/api-client/api-error";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { HealthFigures } from "./health-figures";
import { StateBanner } from "./state-banner";

const TestEventDialog = dynamic(
  async () => (await import("@/components/webhooks/test-event/test-event-dialog")).TestEventDialog,
  { ssr: false },
);
const EnableAfterRetry = dynamic(
  async () => (await import("@/components/webhooks/actions/enable-after-retry")).EnableAfterRetry,
  { ssr: false },
);
const Repair = dynamic(async () => (await import("@/components/webhooks/actions/repair")).Repair, {
  ssr: false,
});
const CertificateNotice = dynamic(async () => (await import("./certificate-notice")).CertificateNotice);
const WebhookMissing = dynamic(
  async () => (await import("@/components/webhooks/webhook-missing")).WebhookMissing,
  { ssr: false },
);
const AddedPanel = dynamic(async () => (await import("./added-panel")).AddedPanel);
const WebhookOverview = dynamic(async () => (await import("./webhook-overview")).WebhookOverview);
const WebhookSettings = dynamic(async () => (await import("./webhook-settings")).WebhookSettings);

/** The log of one webhook, passed in because it is a separate feature. */
type EventLogOfWebhook = ComponentType<{
  endpoint: EndpointOutput;
  /** Called with the 2xx that answered a retry from the log. */
  onAnswered: (httpStatus: number) => void;
  EnableAfterRetry: typeof EnableAfterRetry;
  Repair: typeof Repair;
}>;

const tabs = ["log", "overview", "settings"] as const;
const tabLabels: Record<(typeof tabs)[number], string> = {
  log: "Event log",
  overview: "Overview",
  settings: "Settings",
};

/** The page of one webhook: its health, its log, its history, and its settings. */
export function WebhookPage({ id, EventLog }: { id: string; EventLog: EventLogOfWebhook }) {
  const query = useWebhook(id);
  const { data, isFetching, refetch } = query;
  const readError = useReadError(query);
  const isGone = query.error instanceof ApiError && query.error.status === 404;
  const error = readError ?? (isGone ? query.error : null);
  if (data && !isGone) return <Page endpoint={data} EventLog={EventLog} />;
  if (error) return <WebhookMissing error={error} retrying={isFetching} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label="Loading the webhook" className="grid gap-4">
      <div className="grid gap-2">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="w-72 max-w-full" />
      </div>
      <Skeleton className="h-9" />
      <Skeleton className="h-64 rounded-lg" />
    </div>
  );
}

function Page({ endpoint, EventLog }: { endpoint: EndpointOutput; EventLog: EventLogOfWebhook }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const mayWrite = useCan("endpoints:write");
  const enabling = useWebhookSwitch(endpoint);
  const offer = useOffer(endpoint, enabling);
  /** The last 2xx to a retry, with the webhook at that time: a changed webhook has not answered. */
  const [answer, setAnswer] = useState<{ httpStatus: number; to: string } | null>(null);
  const [testing, setTesting] = useState(false);
  const [tab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("log"));
  const [added, setAdded] = useQueryState("added", parseAsBoolean.withDefault(false));
  const { status, held, disabledAt, updatedAt } = endpoint;
  const version = `${disabledAt} ${updatedAt}`;
  const disabled = status === "disabled";
  const [openDelivery] = useQueryState("delivery");
  // An open event sheet asks itself.
  const answered = answer && answer.to === version && !openDelivery ? answer.httpStatus : null;
  return (
    <>
      <PageHeader
        title={endpoint.name}
        description={
          <div className="grid gap-1">
            <span className="flex min-w-0 items-center gap-1">
              <span className="truncate font-mono text-xs" title={endpoint.url}>
                {endpoint.url}
              </span>
              <CopyButton value={endpoint.url} label="Copy the URL" className="-my-1" />
            </span>
            <span className="flex flex-wrap items-center gap-x-3">
              <HealthBadge endpoint={endpoint} inline />
              <HealthFigures endpoint={endpoint} />
            </span>
          </div>
        }
        actions={
          mayWrite && (
            <>
              <Button
                variant={disabled || added ? "outline" : "default"}
                className={disabled ? "max-[359px]:w-full" : undefined}
                onClick={() => setTesting(true)}
              >
                <Send aria-hidden="true" />
                Send test event
              </Button>
              {disabled && (
                <Button pending={enabling.pending} onClick={enabling.start}>
                  Enable webhook
                </Button>
              )}
              <WebhookMenu
                endpoint={endpoint}
                variant="outline"
                onDeleted={() => router.push(webhookPaths.list(slug))}
              />
            </>
          )
        }
      />
      {(status !== "enabled" || held > 0) && (
        <Suspense fallback={<Skeleton className="mb-4 h-24 rounded-lg" />}>
          <StateBanner endpoint={endpoint} enabling={enabling} answered={answered} />
        </Suspense>
      )}
      {endpoint.certificateExpiresAt && <CertificateNotice expiresAt={endpoint.certificateExpiresAt} />}
      {added && mayWrite && (
        <Suspense>
          <AddedPanel
            endpoint={endpoint}
            onTest={() => setTesting(true)}
            onDone={() => void setAdded(null)}
          />
        </Suspense>
      )}
      <nav aria-label={endpoint.name} className="mb-4 flex gap-4 border-border border-b">
        {tabs.map((one) => (
          <Link
            key={one}
            href={webhookPaths.tab(slug, endpoint.id, one)}
            aria-current={one === tab ? "page" : undefined}
            data-active={one === tab || undefined}
            className={tabClasses}
          >
            {tabLabels[one]}
          </Link>
        ))}
      </nav>
      {tab === "log" && (
        <EventLog
          endpoint={endpoint}
          onAnswered={(httpStatus) => setAnswer({ httpStatus, to: version })}
          EnableAfterRetry={EnableAfterRetry}
          Repair={Repair}
        />
      )}
      {/* Without a boundary, of which React would send the content later; a tab stays until the next one is there. */}
      {tab === "overview" && <WebhookOverview endpoint={endpoint} />}
      {tab === "settings" && <WebhookSettings endpoint={endpoint} />}
      {testing && <TestEventDialog endpoint={endpoint} onClose={() => setTesting(false)} offer={offer} />}
      {enabling.dialog}
    </>
  );
}
