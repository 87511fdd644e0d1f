import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { exportInstanceAuditLog } from "@/lib/instance/export-instance-audit-log";

export const GET = operatorApi.fileRoute(operatorOperations.exportAuditLog, exportInstanceAuditLog);
