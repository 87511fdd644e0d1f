import type { Metadata } from "next";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { ApiKeysPanel } from "@/components/api-keys/api-keys-panel";
import { pageContext } from "@/lib/auth/page-context";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { apiKeys } = firstReads(await pageContext((await params).workspace));
  return (
    <FirstData reads={[apiKeys()]}>
      <ApiKeysPanel />
    </FirstData>
  );
}
