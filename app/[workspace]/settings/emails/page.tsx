import type { Metadata } from "next";
import { EmailsPanel } from "@/components/emails/emails-panel";
import { UrlState } from "@/components/shell/url-state";

export const metadata: Metadata = { title: "Emails" };

export default function EmailsPage() {
  return (
    <UrlState>
      <EmailsPanel />
    </UrlState>
  );
}
