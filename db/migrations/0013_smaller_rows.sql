-- What a delivery takes: nothing that its id or its status says already, and an index whose keys are of one width.
DROP VIEW "public"."delivery_log";--> statement-breakpoint
DROP INDEX "deliveries_undelivered";--> statement-breakpoint
DROP INDEX "events_type";--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "timestamp" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_undelivered" ON "deliveries" USING btree ("workspace_id","id") WHERE status <> 'succeeded';--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree (hashtextextended("type", uuid_hash("workspace_id")),"id");--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "undelivered";--> statement-breakpoint
ALTER TABLE "events" DROP COLUMN "created_at";--> statement-breakpoint
CREATE VIEW "public"."delivery_log" AS (
  select id, workspace_id, event_id, endpoint_id, type, test, true as listed, status, discard_reason,
    status <> 'succeeded' as undelivered, attempts, http_status, error, duration_ms, completed_at
  from deliveries
  union all
  select delivery_id, workspace_id, event_id, endpoint_id, type, test, pending, 'pending', null::text, false,
    attempts, http_status, error, duration_ms, null::timestamptz(3)
  from delivery_queue);