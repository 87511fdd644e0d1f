import type { Metadata } from "next";
import { UrlState } from "@/components/shell/url-state";
import { WebhookPage } from "@/components/webhooks/webhook-page";

export const metadata: Metadata = { title: "Webhook" };

export default async function ShowWebhookPage({ params }: { params: Promise<{ id: string }> }) {
  return (
    <UrlState>
      <WebhookPage id={(await params).id} />
    </UrlState>
  );
}
