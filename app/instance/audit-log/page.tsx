import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { InstanceAuditLog } from "@/components/audit-log/instance-audit-log";

export const metadata: Metadata = { title: "Audit log" };

export default function InstanceAuditLogPage() {
  return (
    <NuqsAdapter>
      <InstanceAuditLog />
    </NuqsAdapter>
  );
}
