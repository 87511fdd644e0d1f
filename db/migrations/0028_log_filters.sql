CREATE INDEX "deliveries_endpoint_undelivered" ON "deliveries" USING btree ("endpoint_id","id") WHERE status <> 'succeeded';--> statement-breakpoint
CREATE INDEX "deliveries_response" ON "deliveries" USING btree ("workspace_id","http_status","id") WHERE http_status < 200 or http_status >= 300;--> statement-breakpoint
CREATE INDEX "deliveries_cause" ON "deliveries" USING btree ("workspace_id","error","id") WHERE error is not null;--> statement-breakpoint
CREATE INDEX "deliveries_attempts" ON "deliveries" USING btree ("workspace_id","id") WHERE attempts > 1;