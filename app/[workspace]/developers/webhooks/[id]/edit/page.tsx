import type { Metadata } from "next";
import { EditWebhook } from "@/components/webhooks/edit-webhook";
import { settings } from "@/lib/env";

export const metadata: Metadata = { title: "Edit a webhook" };

export default async function EditWebhookPage({ params }: { params: Promise<{ id: string }> }) {
  return <EditWebhook id={(await params).id} targets={settings().privateTargets} />;
}
