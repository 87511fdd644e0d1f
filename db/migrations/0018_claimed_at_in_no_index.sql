-- What each claim changes of an endpoint's state stands in no index, and has room in its page.
DROP INDEX "endpoint_states_ready";--> statement-breakpoint
CREATE INDEX "endpoint_states_due" ON "endpoint_states" USING btree ("next_due_at","endpoint_id") WHERE disabled_at is null;--> statement-breakpoint
ALTER TABLE "endpoint_states" SET (fillfactor = 40);
