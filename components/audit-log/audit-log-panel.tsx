"use client";

import { Lock } from "lucide-react";
import { downloadExport } from "@/components/data/download-export";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { EmptyState } from "@/components/ui/empty-state";
import { auditActionNames } from "@/lib/core/audit";
import { AuditEntries } from "./audit-entries";
import { AuditExports } from "./audit-exports";
import { useAuditFilter } from "./use-audit-filter";
import { useAuditLog } from "./use-audit-log";

/** Settings › Audit log: who changed what, with filters, in each of its states. */
export function AuditLogPanel() {
  const { slug: workspace } = useWorkspace();
  const mayRead = useCan("auditLog:read");
  const shown = useAuditFilter(auditActionNames);
  const { filter } = shown;
  const query = useAuditLog(filter, { enabled: mayRead });
  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Audit log"
        description="Who changed what in this workspace, when, and from where. Entries can't be changed."
        actions={
          mayRead && (
            <AuditExports
              save={(format) => downloadExport("/api/v1/audit-log/export", { workspace, filter, format })}
            />
          )
        }
      />
      {mayRead ? (
        <AuditEntries
          names={auditActionNames}
          shown={shown}
          query={query}
          whenEmpty="Every change to this workspace is listed here."
        />
      ) : (
        <EmptyState
          icon={Lock}
          title="You don't have access"
          description="Only an owner of this workspace sees its audit log."
        />
      )}
    </div>
  );
}
