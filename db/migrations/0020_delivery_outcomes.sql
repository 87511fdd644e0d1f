CREATE TABLE "delivery_counts" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"complete_from" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "delivery_deltas" (
	"workspace_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"discarded" integer NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_hours" (
	"workspace_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"discarded" integer NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_hours_workspace_id_hour_endpoint_id_pk" PRIMARY KEY("workspace_id","hour","endpoint_id")
);
--> statement-breakpoint
CREATE TABLE "delivery_minutes" (
	"workspace_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"discarded" integer NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_minutes_workspace_id_minute_endpoint_id_pk" PRIMARY KEY("workspace_id","minute","endpoint_id")
);
--> statement-breakpoint
ALTER TABLE "endpoint_hours" ADD COLUMN "last_success_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ledger_deltas" ADD COLUMN "events" integer NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE "ledger_hours" ADD COLUMN "events" integer NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE "delivery_deltas" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);--> statement-breakpoint
-- What the tables hold already is counted in the background, hour by hour.
INSERT INTO "delivery_counts" (complete_from)
SELECT CASE WHEN NOT EXISTS (SELECT FROM "events") AND NOT EXISTS (SELECT FROM "deliveries") THEN to_timestamp(0) END;
