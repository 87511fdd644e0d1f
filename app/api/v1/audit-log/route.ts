import { listAuditLog } from "@/lib/audit-log/list-audit-log";
import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listAuditLog, listAuditLog);
