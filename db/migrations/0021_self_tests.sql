CREATE TABLE "self_test_receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"self_test_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "self_tests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"phase" text NOT NULL,
	"reason" text,
	"accepted" integer DEFAULT 0 NOT NULL,
	"received" integer DEFAULT 0 NOT NULL,
	"result" jsonb,
	"test_workspace_id" uuid NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "self_test_receipts_test" ON "self_test_receipts" USING btree ("self_test_id","delivery_id");--> statement-breakpoint
CREATE UNIQUE INDEX "self_tests_unfinished" ON "self_tests" USING btree ((true)) WHERE "self_tests"."finished_at" is null;