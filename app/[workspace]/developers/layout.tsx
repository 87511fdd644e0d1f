import type { ReactNode } from "react";
import { TabNav } from "@/components/ui/tab-nav";

type DevelopersLayoutProps = { children: ReactNode; params: Promise<{ workspace: string }> };

export default async function DevelopersLayout({ children, params }: DevelopersLayoutProps) {
  const base = `/${(await params).workspace}/developers`;
  return (
    <>
      <TabNav
        label="Developers"
        className="px-4 pt-1 md:px-6"
        items={[
          { label: "Webhooks", href: `${base}/webhooks` },
          { label: "Event log", href: `${base}/events` },
          { label: "Jobs", href: `${base}/jobs` },
          { label: "API keys", href: `${base}/api-keys` },
        ]}
      />
      <div className="px-4 py-5 md:px-6">{children}</div>
    </>
  );
}
