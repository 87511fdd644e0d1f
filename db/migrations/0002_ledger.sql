CREATE TABLE "ledger_alarms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"hour" timestamp (3) with time zone,
	"expected" jsonb,
	"found" jsonb,
	"delivery_id" uuid,
	"endpoint_id" uuid,
	"due_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "ledger_checks" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"started_at" timestamp (3) with time zone,
	"compared_at" timestamp (3) with time zone,
	"next_hour" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "ledger_deltas" (
	"workspace_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"accepted" integer NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"discarded" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_hours" (
	"workspace_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"accepted" integer NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"discarded" integer NOT NULL,
	CONSTRAINT "ledger_hours_workspace_id_hour_pk" PRIMARY KEY("workspace_id","hour")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_alarms_gap" ON "ledger_alarms" USING btree ("workspace_id","hour") WHERE kind = 'gap' and closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_alarms_late" ON "ledger_alarms" USING btree ("workspace_id") WHERE kind = 'late' and closed_at is null;--> statement-breakpoint
CREATE INDEX "ledger_alarms_workspace" ON "ledger_alarms" USING btree ("workspace_id","opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "ledger_alarms_open" ON "ledger_alarms" USING btree ("kind") WHERE closed_at is null;--> statement-breakpoint
ALTER TABLE "ledger_deltas" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);--> statement-breakpoint
INSERT INTO "ledger_checks" DEFAULT VALUES;--> statement-breakpoint
INSERT INTO "ledger_hours" (workspace_id, hour, accepted, succeeded, failed, discarded)
SELECT workspace_id, hour, sum(accepted), sum(succeeded), sum(failed), sum(discarded) FROM (
	SELECT workspace_id, to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 3600000 * 3600) AS hour,
		deliveries AS accepted, 0 AS succeeded, 0 AS failed, 0 AS discarded
	FROM "events" WHERE NOT test
	UNION ALL
	SELECT workspace_id, to_timestamp(('x' || translate(left(event_id::text, 13), '-', ''))::bit(48)::bigint / 3600000 * 3600),
		0, (status = 'succeeded')::int, (status = 'failed')::int, (status = 'discarded')::int
	FROM "deliveries" WHERE NOT test
) moved GROUP BY workspace_id, hour HAVING sum(accepted) > 0 OR sum(succeeded + failed + discarded) > 0;
