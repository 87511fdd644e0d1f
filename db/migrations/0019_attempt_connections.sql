ALTER TABLE "attempts" ADD COLUMN "connection" "bytea";--> statement-breakpoint
CREATE INDEX "attempts_id" ON "attempts" USING brin ("id") WITH (autosummarize=true);