import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { createLoader, type SearchParams } from "nuqs/server";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { logParams, toDeliveriesFilter } from "@/components/event-log/log-params";
import { WebhookPage } from "@/components/webhooks/page/webhook-page";
import { pageContext } from "@/lib/auth/page-context";
import { statsWindows } from "@/lib/contract/stats";
import { findEndpointName } from "@/lib/endpoints/find-endpoint-name";
import { WebhookEventLog } from "./webhook-event-log";

type WebhookPageProps = {
  params: Promise<{ workspace: string; id: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: WebhookPageProps): Promise<Metadata> {
  const { workspace, id } = await params;
  const name = await findEndpointName({ ctx: await pageContext(workspace), id });
  return { title: name ?? "Webhook" };
}

export default async function ShowWebhookPage({ params, searchParams }: WebhookPageProps) {
  const { workspace, id } = await params;
  const { webhook, deliveries, failureGroups, transitions, stats } = firstReads(await pageContext(workspace));
  const { tab, window } = await searchParams;
  const filter = toDeliveriesFilter(await createLoader(logParams)(searchParams), id);
  const ofTab =
    tab === "overview"
      ? [transitions(id), stats(id, statsWindows.find((one) => one === window) ?? "24h")]
      : tab === "settings"
        ? []
        : [deliveries(filter), failureGroups(filter)];
  return (
    <NuqsAdapter>
      <FirstData reads={[webhook(id), ...ofTab]}>
        <WebhookPage id={id} EventLog={WebhookEventLog} />
      </FirstData>
    </NuqsAdapter>
  );
}
