CREATE TABLE "instance_keys" (
	"algorithm" text PRIMARY KEY NOT NULL,
	"private_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "endpoint_secrets" ALTER COLUMN "ciphertext" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_secrets" ADD COLUMN "public_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "endpoint_secrets_current" ON "endpoint_secrets" USING btree ("endpoint_id") WHERE expires_at is null;