CREATE TABLE "lease_owners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "delivery_queue" ADD COLUMN "leased_by" uuid;