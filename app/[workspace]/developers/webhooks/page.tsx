import type { Metadata } from "next";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { WebhookList } from "@/components/webhooks/list/webhook-list";
import { pageContext } from "@/lib/auth/page-context";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { webhooks } = firstReads(await pageContext((await params).workspace));
  return (
    <FirstData reads={[webhooks()]}>
      <WebhookList />
    </FirstData>
  );
}
