"use client";

import { downloadExport } from "@/components/data/download-export";
import { PageHeader } from "@/components/shell/page-header";
import { instanceActionNames } from "@/lib/core/audit";
import { AuditEntries } from "./audit-entries";
import { AuditExports } from "./audit-exports";
import { useAuditFilter } from "./use-audit-filter";
import { useInstanceAuditLog } from "./use-audit-log";

/** Instance › Audit log: changes of accounts and of the instance, shown like the audit log of a workspace. */
export function InstanceAuditLog() {
  const shown = useAuditFilter(instanceActionNames);
  const { filter } = shown;
  const query = useInstanceAuditLog(filter);
  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Audit log"
        description="Who changed accounts and this instance, when, and from where. Each workspace has a log of its own."
        actions={
          <AuditExports
            save={(format) => downloadExport("/api/instance/audit-log/export", { filter, format })}
          />
        }
      />
      <AuditEntries
        names={instanceActionNames}
        shown={shown}
        query={query}
        whenEmpty="Changes to accounts and to this instance are listed here."
      />
    </div>
  );
}
