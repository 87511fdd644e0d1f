import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { AuditLogPanel } from "@/components/audit-log/audit-log-panel";

export const metadata: Metadata = { title: "Audit log" };

export default function AuditLogPage() {
  return (
    <NuqsAdapter>
      <AuditLogPanel />
    </NuqsAdapter>
  );
}
