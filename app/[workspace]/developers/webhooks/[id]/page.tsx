import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { EventLog } from "@/components/event-log/event-log";
import { WebhookPage } from "@/components/webhooks/page/webhook-page";
import { pageContext } from "@/lib/auth/page-context";
import { findEndpointName } from "@/lib/endpoints/find-endpoint-name";

type WebhookPageProps = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata({ params }: WebhookPageProps): Promise<Metadata> {
  const { workspace, id } = await params;
  const name = await findEndpointName({ ctx: await pageContext(workspace), id });
  return { title: name ?? "Webhook" };
}

export default async function ShowWebhookPage({ params }: WebhookPageProps) {
  return (
    <NuqsAdapter>
      <WebhookPage id={(await params).id} EventLog={EventLog} />
    </NuqsAdapter>
  );
}
