import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { EmailsPanel } from "@/components/emails/emails-panel";

export const metadata: Metadata = { title: "Emails" };

export default function EmailsPage() {
  return (
    <NuqsAdapter>
      <EmailsPanel />
    </NuqsAdapter>
  );
}
