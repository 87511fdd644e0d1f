CREATE TABLE "emails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"transition_id" uuid,
	"endpoint_id" uuid,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_try_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
-- Nobody is to hear now of what happened before there were emails.
ALTER TABLE "endpoint_transitions" ADD COLUMN "told" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_transitions" ALTER COLUMN "told" SET DEFAULT false;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "emails_transition_recipient" ON "emails" USING btree ("transition_id","recipient");--> statement-breakpoint
CREATE INDEX "emails_workspace" ON "emails" USING btree ("workspace_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "emails_queued" ON "emails" USING btree ("next_try_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "endpoint_transitions_untold" ON "endpoint_transitions" USING btree ("id") WHERE not told;