import { customType, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

/** Compared by bytes, as the blocks are ordered. */
const bytewise = customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' });

/**
 * Events whose payloads are indexed: a range of ids each, up to some thousand events. Those of a workspace adjoin each
 * other. The first one of all begins with the smallest id.
 */
export const payloadSegments = pgTable(
  "payload_segments",
  {
    workspaceId: uuid("workspace_id").notNull(),
    fromId: uuid("from_id").notNull(),
    belowId: uuid("below_id").notNull(),
    events: integer("events").notNull(),
  },
  (table) => [
    // The segments of a workspace in order.
    primaryKey({ columns: [table.workspaceId, table.fromId] }),
  ],
);

/**
 * The terms of a segment's payloads in order, some hundred to a row, with the event that each is in: as arrays they are
 * compressed, and the index is small.
 */
export const payloadBlocks = pgTable(
  "payload_blocks",
  {
    workspaceId: uuid("workspace_id").notNull(),
    /** Of its segment. */
    fromId: uuid("from_id").notNull(),
    block: integer("block").notNull(),
    firstTerm: bytewise("first_term").notNull(),
    terms: text("terms").array().notNull(),
    /** As many, in the same order. */
    eventIds: uuid("event_ids").array().notNull(),
  },
  (table) => [
    // The block in which a term would be, and those behind it.
    primaryKey({ columns: [table.workspaceId, table.fromId, table.firstTerm, table.block] }),
  ],
);
