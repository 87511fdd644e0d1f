import Link from "next/link";
import { webhookPaths } from "@/components/data/webhook-paths";
import { tabClasses } from "@/components/ui/tab-classes";
import type { logViews } from "./published-params";

/** The two views of the event log, as tabs with addresses. */
export function LogViews({ workspace, view }: { workspace: string; view: (typeof logViews)[number] }) {
  const tabs = [
    { view: "deliveries", label: "Deliveries", href: webhookPaths.log(workspace) },
    { view: "published", label: "Published", href: webhookPaths.published(workspace) },
  ] as const;
  return (
    <nav aria-label="Views of the event log" className="mb-4 flex gap-4 border-border border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.view}
          href={tab.href}
          aria-current={tab.view === view ? "page" : undefined}
          data-active={tab.view === view || undefined}
          className={tabClasses}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
