ALTER TABLE "endpoint_states" ADD COLUMN "disabled_cause" text;--> statement-breakpoint
ALTER TABLE "endpoint_states" ADD COLUMN "disabled_actor_name" text;--> statement-breakpoint
ALTER TABLE "endpoint_transitions" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "endpoint_transitions" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "endpoint_transitions" ADD COLUMN "actor_name" text;--> statement-breakpoint
-- Who acted is in the audit log, which the same transaction wrote: its rows have the same time.
UPDATE "endpoint_transitions" t SET "cause" = a."actor_type", "actor_id" = a."actor_id"
	FROM "audit_log" a WHERE t."reason" LIKE 'by %' AND a."workspace_id" = t."workspace_id"
	AND a."target_id" = t."endpoint_id"::text AND a."created_at" = t."created_at"
	AND a."action" = CASE t."kind" WHEN 'disabled' THEN 'endpoint.disable' WHEN 'enabled' THEN 'endpoint.enable' END;--> statement-breakpoint
UPDATE "endpoint_transitions" SET "cause" = CASE
		WHEN "reason" = 'by Posthorn' THEN 'system'
		WHEN "reason" LIKE 'by API key %' THEN 'api_key'
		WHEN "reason" LIKE 'by %' THEN 'user'
		WHEN "reason" LIKE 'after %' THEN 'failures'
		ELSE 'gone' END
	WHERE "reason" IS NOT NULL AND "cause" IS NULL;--> statement-breakpoint
UPDATE "endpoint_transitions" SET "actor_name" =
		CASE "cause" WHEN 'api_key' THEN substr("reason", length('by API key ') + 1) ELSE substr("reason", length('by ') + 1) END
	WHERE "reason" LIKE 'by %';--> statement-breakpoint
UPDATE "endpoint_states" SET "disabled_cause" = CASE
		WHEN "disabled_reason" = 'by Posthorn' THEN 'system'
		WHEN "disabled_reason" LIKE 'by API key %' THEN 'api_key'
		WHEN "disabled_reason" LIKE 'by %' THEN 'user'
		WHEN "disabled_reason" LIKE 'after %' THEN 'failures'
		ELSE 'gone' END
	WHERE "disabled_reason" IS NOT NULL;--> statement-breakpoint
UPDATE "endpoint_states" SET "disabled_actor_name" =
		CASE "disabled_cause" WHEN 'api_key' THEN substr("disabled_reason", length('by API key ') + 1) ELSE substr("disabled_reason", length('by ') + 1) END
	WHERE "disabled_reason" LIKE 'by %';--> statement-breakpoint
ALTER TABLE "endpoint_states" DROP COLUMN "disabled_reason";--> statement-breakpoint
ALTER TABLE "endpoint_transitions" DROP COLUMN "reason";
