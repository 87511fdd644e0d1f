import type { ReactNode } from "react";
import { TabNav } from "@/components/ui/tab-nav";

type SettingsLayoutProps = { children: ReactNode; params: Promise<{ workspace: string }> };

export default async function SettingsLayout({ children, params }: SettingsLayoutProps) {
  const base = `/${(await params).workspace}/settings`;
  return (
    <>
      <TabNav
        label="Settings"
        className="px-4 pt-1 md:px-6"
        items={[
          { label: "General", href: `${base}/general` },
          { label: "Members", href: `${base}/members` },
          { label: "Emails", href: `${base}/emails` },
          { label: "Audit log", href: `${base}/audit-log` },
        ]}
      />
      <div className="px-4 py-5 md:px-6">{children}</div>
    </>
  );
}
