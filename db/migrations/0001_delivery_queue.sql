CREATE TABLE "delivery_queue" (
	"workspace_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"pending" boolean NOT NULL,
	"due_at" timestamp (3) with time zone,
	"replay" boolean DEFAULT false NOT NULL,
	"requested_at" timestamp (3) with time zone,
	"requested_trigger" text,
	"leased" boolean DEFAULT false NOT NULL,
	"token" uuid,
	"leased_until" timestamp (3) with time zone,
	"attempts" integer NOT NULL,
	"automatic_attempts" integer NOT NULL,
	"test" boolean DEFAULT false NOT NULL,
	"type" text NOT NULL,
	"body_bytes" integer NOT NULL,
	CONSTRAINT "delivery_queue_workspace_id_delivery_id_pk" PRIMARY KEY("workspace_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "endpoint_transitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"consecutive_failures" integer NOT NULL,
	"http_status" smallint,
	"error" text,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "deliveries_open";--> statement-breakpoint
DROP INDEX "deliveries_due";--> statement-breakpoint
DROP INDEX "deliveries_requested";--> statement-breakpoint
DROP INDEX "deliveries_leased";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "undelivered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "consecutive_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "last_failure_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "last_failure_status" smallint;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "last_failure_error" text;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "next_probe_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "probe_token" uuid;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "probe_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "ramp" integer;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "rate_tokens" double precision;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "rate_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "retry_policy" jsonb;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "rate_limit" integer;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "epoch" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "discards_while_disabled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "retry_policy" jsonb DEFAULT '{"retries":null,"retryOn":"any"}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_queue_turn" ON "delivery_queue" USING btree ("endpoint_id","leased","epoch","due_at");--> statement-breakpoint
CREATE INDEX "delivery_queue_requested" ON "delivery_queue" USING btree ("requested_at") WHERE requested_at is not null;--> statement-breakpoint
CREATE INDEX "endpoint_transitions_endpoint" ON "endpoint_transitions" USING btree ("endpoint_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "endpoint_transitions_workspace" ON "endpoint_transitions" USING btree ("workspace_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "deliveries_undelivered" ON "deliveries" USING btree ("workspace_id","id" DESC NULLS LAST) WHERE undelivered;--> statement-breakpoint
INSERT INTO "delivery_queue" (workspace_id, delivery_id, endpoint_id, event_id, epoch, pending, due_at, requested_at, requested_trigger, attempts, automatic_attempts, test, type, body_bytes)
SELECT d.workspace_id, d.id, d.endpoint_id, d.event_id, 0, d.status = 'pending', d.due_at, d.requested_at, d.requested_trigger, d.attempts, d.automatic_attempts, d.test, d.type, e.body_bytes
FROM "deliveries" d JOIN "events" e ON e.id = d.event_id WHERE d.due_at IS NOT NULL OR d.requested_at IS NOT NULL;--> statement-breakpoint
UPDATE "deliveries" SET undelivered = true WHERE status IN ('failed', 'discarded');--> statement-breakpoint
ALTER TABLE "delivery_queue" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);--> statement-breakpoint
DO $$ DECLARE part regclass; BEGIN
	FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'deliveries'::regclass LOOP
		EXECUTE format('ALTER TABLE %s SET (fillfactor = 50)', part);
	END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "due_at";--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "requested_at";--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "requested_trigger";--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "token";--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "leased_until";--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "automatic_attempts";