ALTER TABLE "event_types" ADD COLUMN "schema" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "refuse_unknown_types" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "refuse_invalid_data" boolean DEFAULT false NOT NULL;