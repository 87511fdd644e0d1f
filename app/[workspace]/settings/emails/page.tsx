import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { EmailsPanel } from "@/components/emails/emails-panel";
import { pageContext } from "@/lib/auth/page-context";

export const metadata: Metadata = { title: "Emails" };

export default async function EmailsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { emails } = firstReads(await pageContext((await params).workspace));
  return (
    <NuqsAdapter>
      <FirstData reads={[emails()]}>
        <EmailsPanel />
      </FirstData>
    </NuqsAdapter>
  );
}
