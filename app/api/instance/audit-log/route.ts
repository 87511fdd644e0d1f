import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { listInstanceAuditLog } from "@/lib/instance/list-instance-audit-log";

export const GET = operatorApi.route(operatorOperations.listAuditLog, listInstanceAuditLog);
