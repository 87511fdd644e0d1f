import { describeDatabase, findWorkspaceCreators } from "@/db/queries/instance-people";
import packageJson from "../../package.json" with { type: "json" };
import type { InstanceOutput } from "../contract/instance";
import { settings } from "../platform/env";
import { engineState } from "../platform/signals";
import { type PersonContext, requireOperator } from "./context";

/** What runs here: version, database, engine, and the settings in force, none of which is a secret. */
export async function getInstance({ ctx }: { ctx: PersonContext }): Promise<InstanceOutput> {
  await requireOperator(ctx);
  const [database, workspaceCreators] = await Promise.all([
    describeDatabase(ctx.db),
    findWorkspaceCreators(ctx.db),
  ]);
  const { role, databaseIsEmbedded, databaseConnections } = settings();
  const { kind, started, lastSweepAt } = engineState();
  return {
    version: packageJson.version,
    role,
    database: { ...database, embedded: databaseIsEmbedded, connections: databaseConnections },
    engine: { kind, started, lastSweepAt: lastSweepAt?.toISOString() ?? null },
    workspaceCreators,
    settings: Object.entries(settingsInForce()).map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** By the names of the variables that set them. */
function settingsInForce(): Record<string, string | number> {
  const all = settings();
  const unlessSet = (value: number | null) => value ?? "not set";
  return {
    APP_URL: all.hasAppUrl ? all.appUrl : `not set (${all.appUrl})`,
    HOST: all.host ?? "not set",
    PORT: all.port,
    POSTHORN_ROLE: all.role,
    POSTHORN_AUDIT_DAYS: all.auditDays,
    POSTHORN_BACKLOG_SECONDS_MAX: unlessSet(all.backlogSecondsMax),
    POSTHORN_CONCURRENCY: all.concurrency,
    POSTHORN_DATABASE_CONNECTIONS: all.databaseConnections,
    POSTHORN_LOG_LEVEL: all.logLevel,
    POSTHORN_MEMORY_MAX_MB: unlessSet(all.memoryMaxMb),
    POSTHORN_METRICS_TOKEN: all.metricsToken === null ? "not set" : "set",
    POSTHORN_RETRY_SCALE: all.retryScale,
    POSTHORN_STOP_DELAY_SECONDS: all.stopDelaySeconds,
    OTEL_EXPORTER_OTLP_ENDPOINT: all.traces ? "set" : "not set",
    SMTP_URL: all.smtp ? new URL(all.smtp.url).host : "not set",
    INNGEST_BASE_URL: all.inngest ? (all.inngest.baseUrl ?? "Inngest Cloud") : "not set",
  };
}
