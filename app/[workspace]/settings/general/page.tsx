import type { Metadata } from "next";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { GeneralSettings } from "@/components/settings/general-settings";
import { pageContext } from "@/lib/auth/page-context";

export const metadata: Metadata = { title: "Settings" };

export default async function GeneralSettingsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { settings } = firstReads(await pageContext((await params).workspace));
  return (
    <FirstData reads={[settings()]}>
      <GeneralSettings />
    </FirstData>
  );
}
