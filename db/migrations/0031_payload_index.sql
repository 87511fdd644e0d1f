CREATE TABLE "payload_blocks" (
	"workspace_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"block" integer NOT NULL,
	"first_term" text COLLATE "C" NOT NULL,
	"terms" text[] NOT NULL,
	"event_ids" uuid[] NOT NULL,
	CONSTRAINT "payload_blocks_workspace_id_from_id_first_term_block_pk" PRIMARY KEY("workspace_id","from_id","first_term","block")
);
--> statement-breakpoint
CREATE TABLE "payload_segments" (
	"workspace_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"below_id" uuid NOT NULL,
	"events" integer NOT NULL,
	CONSTRAINT "payload_segments_workspace_id_from_id_pk" PRIMARY KEY("workspace_id","from_id")
);
