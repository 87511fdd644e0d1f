import type { Metadata } from "next";
import { AddWebhook } from "@/components/webhooks/add-webhook";

export const metadata: Metadata = { title: "Add a webhook" };

export default function AddWebhookPage() {
  return <AddWebhook />;
}
