-- The key leads with the workspace, as every query does: one index in place of two.
DROP INDEX "deliveries_workspace";--> statement-breakpoint
DROP INDEX "events_workspace";--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_pkey";--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_pkey";--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_workspace_id_id_pk" PRIMARY KEY("workspace_id","id") WITH (fillfactor=100);
