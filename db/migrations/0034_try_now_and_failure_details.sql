ALTER TABLE "endpoint_states" ADD COLUMN "last_failure_detail" text;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "scheduled_probe_at" timestamp (3) with time zone;