import type { Metadata } from "next";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { AddWebhook } from "@/components/webhooks/form/add-webhook";
import { pageContext } from "@/lib/auth/page-context";
import { settings } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Add a webhook" };

export default async function AddWebhookPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { webhooks } = firstReads(await pageContext((await params).workspace));
  return (
    <FirstData reads={[webhooks()]}>
      <AddWebhook targets={settings().privateTargets} />
    </FirstData>
  );
}
