-- What a row of the log costs to write: json is kept as it came, where jsonb is taken apart; one index in place of two.
ALTER TABLE "attempts" DROP CONSTRAINT "attempts_pkey";--> statement-breakpoint
DROP INDEX "attempts_delivery";--> statement-breakpoint
ALTER TABLE "attempts"
  ALTER COLUMN "request_headers" SET DATA TYPE json,
  ALTER COLUMN "response_headers" SET DATA TYPE json,
  ADD CONSTRAINT "attempts_delivery_id_id_pk" PRIMARY KEY ("delivery_id","id");
