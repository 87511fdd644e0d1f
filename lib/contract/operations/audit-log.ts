import { z } from "zod";
import { auditLogExportQuery, auditLogOutput, auditLogQuery } from "../audit-log";
import { operationsOf } from "./operation";

export const auditLogOperations = operationsOf(
  { tag: "Audit log", reads: "auditLog:read", changes: "auditLog:read" },
  {
    listAuditLog: {
      route: "GET /audit-log",
      summary: "List the audit log, newest first (dashboard only, owners)",
      query: auditLogQuery,
      output: auditLogOutput,
    },
    exportAuditLog: {
      route: "GET /audit-log/export",
      summary: "Export the audit log as a file, newest first (dashboard only, owners)",
      query: auditLogExportQuery,
      output: z.string(),
      file: ["text/csv", "application/x-ndjson"],
    },
  },
);
