import { exportAuditLog } from "@/lib/audit-log/export-audit-log";
import { operations } from "@/lib/contract/operations";
import { fileRoute } from "@/lib/http/api-v1";

export const GET = fileRoute(operations.exportAuditLog, exportAuditLog);
