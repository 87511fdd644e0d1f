import { z } from "zod";
import { auditActionNames, auditActorTypes, instanceActionNames } from "../core/audit";
import { searchLengthMax } from "../core/search-kinds";
import { text } from "../core/text";
import { time } from "../core/time";
import { exportFormats, many } from "./deliveries";
import { pageOf, pageQuery } from "./shared";

export const auditLogQuery = pageQuery.extend({
  id: text({ max: 100 }).optional().meta({ description: "One entry." }),
  action: many(z.enum(auditActionNames, "must be an action of the audit log, like endpoint.update")).meta({
    description: "May repeat.",
  }),
  actorId: text({ max: 100 }).optional().meta({ description: "The id of a user or an API key." }),
  targetId: text({ max: 1_000 })
    .optional()
    .meta({ description: "The id of what was changed, or the name of an event type." }),
  from: time().optional(),
  to: time().optional(),
  q: text({ trim: true, max: searchLengthMax }).optional().meta({
    description: "Part of the name of who made the change or of what was changed, or an IP address.",
  }),
});
export type AuditLogQuery = z.infer<typeof auditLogQuery>;
export type AuditLogFilter = { [Name in keyof AuditLogQuery]?: AuditLogQuery[Name] | null };

const exportFormat = z.enum(exportFormats, "must be csv or ndjson").default("csv");
export const auditLogExportQuery = auditLogQuery
  .omit({ limit: true, cursor: true })
  .extend({ format: exportFormat });

/** Of entries that belong to no workspace. */
export const instanceAuditLogQuery = auditLogQuery.extend({
  action: many(
    z.enum(instanceActionNames, "must be an action of the instance's audit log, like user.update"),
  ),
});
export const instanceAuditLogExportQuery = instanceAuditLogQuery
  .omit({ limit: true, cursor: true })
  .extend({ format: exportFormat });
export type InstanceAuditLogQuery = z.infer<typeof instanceAuditLogQuery>;
export type InstanceAuditLogFilter = {
  [Name in keyof InstanceAuditLogQuery]?: InstanceAuditLogQuery[Name] | null;
};

export const auditRowOutput = z
  .object({
    id: z.string(),
    createdAt: z.iso.datetime(),
    actor: z.object({
      type: z.enum(auditActorTypes).meta({
        description: "`rule`: what happens by itself; `system`: Posthorn at its start or by a command.",
      }),
      id: z.string().nullable(),
      name: z.string().nullable().meta({ description: "The name at that time." }),
    }),
    action: z.string(),
    target: z.object({
      id: z.string().nullable(),
      name: z.string().nullable().meta({ description: "The name at that time." }),
    }),
    details: z.record(z.string(), z.unknown()),
    changes: z
      .record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))
      .nullable()
      .meta({ description: "Fields that changed; secrets and values of headers are masked." }),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: "AuditRow" });
export type AuditRowOutput = z.infer<typeof auditRowOutput>;
export const auditLogOutput = pageOf(auditRowOutput);
