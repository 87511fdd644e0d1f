import type { Metadata } from "next";
import { AddWebhook } from "@/components/webhooks/form/add-webhook";
import { settings } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Add a webhook" };

export default function AddWebhookPage() {
  return <AddWebhook targets={settings().privateTargets} />;
}
