import type { Metadata } from "next";
import { cookies } from "next/headers";
import { WorkspaceOverview } from "@/components/webhooks/overview/workspace-overview";
import { pageContext } from "@/lib/auth/page-context";
import { timeZoneCookie } from "@/lib/core/time-zone-cookie";
import { timeZone } from "@/lib/core/time-zones";
import { FirstData } from "./first-data";
import { firstReads } from "./first-reads";

export const metadata: Metadata = { title: "Overview" };

export default async function WorkspacePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { overview, webhooks } = firstReads(await pageContext((await params).workspace));
  const kept = timeZone.safeParse(decodeURIComponent((await cookies()).get(timeZoneCookie)?.value ?? ""));
  const zone = kept.success ? kept.data : "UTC";
  return (
    <FirstData reads={[overview(zone), webhooks()]}>
      <WorkspaceOverview timeZone={zone} />
    </FirstData>
  );
}
