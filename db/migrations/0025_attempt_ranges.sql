DROP INDEX "attempts_id";--> statement-breakpoint
CREATE INDEX "attempts_id" ON "attempts" USING brin ("id") WITH (pages_per_range=64);