-- Indexes ascend, and are read backwards: entered in order, their pages get full, where descending ones were left half empty.
DROP INDEX "audit_log_workspace";--> statement-breakpoint
DROP INDEX "deliveries_workspace";--> statement-breakpoint
DROP INDEX "deliveries_endpoint";--> statement-breakpoint
DROP INDEX "deliveries_undelivered";--> statement-breakpoint
DROP INDEX "emails_workspace";--> statement-breakpoint
DROP INDEX "endpoint_transitions_endpoint";--> statement-breakpoint
DROP INDEX "endpoint_transitions_workspace";--> statement-breakpoint
DROP INDEX "events_workspace";--> statement-breakpoint
DROP INDEX "events_type";--> statement-breakpoint
DROP INDEX "events_idempotency_key";--> statement-breakpoint
DROP INDEX "ledger_alarms_workspace";--> statement-breakpoint
DROP INDEX "replays_workspace";--> statement-breakpoint
ALTER TABLE "attempts" ALTER COLUMN "request_headers" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "signature" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "version" text;--> statement-breakpoint
CREATE INDEX "audit_log_workspace" ON "audit_log" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_workspace" ON "deliveries" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_endpoint" ON "deliveries" USING btree ("endpoint_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_undelivered" ON "deliveries" USING btree ("workspace_id","id") WHERE undelivered;--> statement-breakpoint
CREATE INDEX "emails_workspace" ON "emails" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "endpoint_transitions_endpoint" ON "endpoint_transitions" USING btree ("endpoint_id","id");--> statement-breakpoint
CREATE INDEX "endpoint_transitions_workspace" ON "endpoint_transitions" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "events_workspace" ON "events" USING btree ("workspace_id","id") WITH (fillfactor=100);--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("workspace_id","type","id") WITH (fillfactor=100);--> statement-breakpoint
CREATE INDEX "events_idempotency_key" ON "events" USING btree ("workspace_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "ledger_alarms_workspace" ON "ledger_alarms" USING btree ("workspace_id","opened_at");--> statement-breakpoint
CREATE INDEX "replays_workspace" ON "replays" USING btree ("workspace_id","id");--> statement-breakpoint
ALTER TABLE "attempts" DROP COLUMN "workspace_id";--> statement-breakpoint
ALTER TABLE "attempts" DROP COLUMN "endpoint_id";--> statement-breakpoint
DO $$ DECLARE part regclass; BEGIN
	FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'deliveries'::regclass LOOP
		EXECUTE format('ALTER TABLE %s SET (fillfactor = 70)', part);
	END LOOP;
END $$;
