-- A delivery is a row of the queue until it ends, and is written to "deliveries" then, once.
ALTER TABLE "delivery_queue" ADD COLUMN "http_status" smallint;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "duration_ms" integer;--> statement-breakpoint
UPDATE "delivery_queue" q SET "http_status" = d."http_status", "error" = d."error", "duration_ms" = d."duration_ms"
	FROM "deliveries" d WHERE q."pending" AND d."workspace_id" = q."workspace_id" AND d."id" = q."delivery_id" AND d."attempts" > 0;--> statement-breakpoint
-- One that fell off the queue, which the ledger would have raised an alarm for, is sent now.
INSERT INTO "delivery_queue" ("workspace_id", "delivery_id", "endpoint_id", "event_id", "epoch", "pending", "due_at",
	"attempts", "automatic_attempts", "type", "body_bytes", "http_status", "error", "duration_ms")
	SELECT d."workspace_id", d."id", d."endpoint_id", d."event_id", p."epoch", true, now(),
		d."attempts", 0, d."type", e."body_bytes", d."http_status", d."error", d."duration_ms"
	FROM "deliveries" d JOIN "endpoints" p ON p."id" = d."endpoint_id"
	JOIN "events" e ON e."workspace_id" = d."workspace_id" AND e."id" = d."event_id"
	WHERE d."status" = 'pending' AND NOT d."test"
	ON CONFLICT DO NOTHING;--> statement-breakpoint
DELETE FROM "deliveries" WHERE "status" = 'pending';--> statement-breakpoint
CREATE INDEX "delivery_queue_event" ON "delivery_queue" USING btree ("event_id");--> statement-breakpoint
DROP INDEX "events_idempotency_key";--> statement-breakpoint
CREATE INDEX "events_idempotency_key" ON "events" USING btree ("idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
ALTER TABLE "deliveries" DROP COLUMN "created_at";--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_ended" CHECK (status <> 'pending');--> statement-breakpoint
CREATE VIEW "public"."delivery_log" AS (
  select id, workspace_id, event_id, endpoint_id, type, test, true as listed, status, discard_reason, undelivered,
    attempts, http_status, error, duration_ms, completed_at
  from deliveries
  union all
  select delivery_id, workspace_id, event_id, endpoint_id, type, test, pending, 'pending', null::text, false,
    attempts, http_status, error, duration_ms, null::timestamptz(3)
  from delivery_queue);--> statement-breakpoint
DO $$ DECLARE part regclass; BEGIN
	FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'deliveries'::regclass LOOP
		EXECUTE format('ALTER TABLE %s RESET (fillfactor)', part);
	END LOOP;
END $$;
