-- The field's words for what these columns hold.
ALTER TABLE "endpoints" RENAME COLUMN "epoch" TO "generation";--> statement-breakpoint
ALTER TABLE "delivery_queue" RENAME COLUMN "epoch" TO "generation";--> statement-breakpoint
ALTER TABLE "replays" RENAME COLUMN "below_epoch" TO "below_generation";--> statement-breakpoint
ALTER TABLE "endpoint_states" RENAME COLUMN "ramp" TO "slow_start";--> statement-breakpoint
ALTER TABLE "endpoint_transitions" RENAME COLUMN "told" TO "notified";--> statement-breakpoint
ALTER INDEX "endpoint_transitions_untold" RENAME TO "endpoint_transitions_to_notify";
