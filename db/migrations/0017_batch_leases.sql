-- What is sent in turn is leased by the batch, and not row by row: a claim rewrites no row of the queue.
CREATE TABLE "delivery_leases" (
	"endpoint_id" uuid NOT NULL,
	"token" uuid NOT NULL,
	"leased_by" uuid,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"deliveries" uuid[] NOT NULL,
	CONSTRAINT "delivery_leases_endpoint_id_token_pk" PRIMARY KEY("endpoint_id","token")
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
-- A process of the version before leases rows of the queue. While it runs beside this one, it takes none that this one sends.
CREATE FUNCTION "delivery_queue_keep_leased"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM "delivery_leases" l WHERE l."endpoint_id" = NEW."endpoint_id"
		AND NEW."delivery_id" = ANY (l."deliveries") AND l."leased_until" > now()) THEN
		RETURN NULL;
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "delivery_queue_keep_leased" BEFORE UPDATE OF "token" ON "delivery_queue"
	FOR EACH ROW WHEN (NEW."token" IS NOT NULL) EXECUTE FUNCTION "delivery_queue_keep_leased"();
