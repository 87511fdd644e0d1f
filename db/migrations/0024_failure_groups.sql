CREATE TABLE "failure_group_buckets" (
	"workspace_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"type" text NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "failure_group_buckets_workspace_id_group_id_bucket_type_pk" PRIMARY KEY("workspace_id","group_id","bucket","type")
);
--> statement-breakpoint
CREATE TABLE "failure_group_deltas" (
	"workspace_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"type" text NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"n" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"http_status" smallint,
	"error" text,
	"text" text NOT NULL,
	"sample_delivery_id" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replay_deliveries" (
	"replay_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	CONSTRAINT "replay_deliveries_replay_id_delivery_id_pk" PRIMARY KEY("replay_id","delivery_id")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "failure_group_id" uuid;--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "failure_group_id" uuid;--> statement-breakpoint
ALTER TABLE "replays" ADD COLUMN "newest_first" boolean NOT NULL DEFAULT false;--> statement-breakpoint
ALTER TABLE "failure_groups" ADD CONSTRAINT "failure_groups_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_deliveries" ADD CONSTRAINT "replay_deliveries_replay_id_replays_id_fk" FOREIGN KEY ("replay_id") REFERENCES "public"."replays"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "failure_groups_workspace" ON "failure_groups" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "deliveries_failure_group" ON "deliveries" USING btree ("failure_group_id","id") WHERE failure_group_id is not null;--> statement-breakpoint
CREATE INDEX "delivery_queue_failure_group" ON "delivery_queue" USING btree ("failure_group_id","delivery_id") WHERE failure_group_id is not null;--> statement-breakpoint
CREATE OR REPLACE VIEW "public"."delivery_log" AS (
  select id, workspace_id, event_id, endpoint_id, type, test, true as listed, status, discard_reason,
    status <> 'succeeded' as undelivered, attempts, http_status, error, duration_ms, completed_at,
    failure_group_id
  from deliveries
  union all
  select delivery_id, workspace_id, event_id, endpoint_id, type, test, pending, 'pending', null::text, false,
    attempts, http_status, error, duration_ms, null::timestamptz(3), failure_group_id
  from delivery_queue);--> statement-breakpoint
ALTER TABLE "failure_group_deltas" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
