import {
  boolean,
  customType,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { attemptErrors, attemptTriggers } from "../../lib/core/deliveries";
import { moment } from "./columns";

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/**
 * One HTTP request of a delivery. Partitioned by RANGE (id), a week each, as events are. The workspace is the delivery's,
 * and what the delivery or the signature's moment says already is not written again: there is a row for each request.
 */
export const attempts = pgTable(
  "attempts",
  {
    id: uuid("id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    number: integer("number").notNull(),
    trigger: text("trigger", { enum: attemptTriggers }).notNull(),
    url: text("url").notNull(),
    startedAt: moment("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    httpStatus: smallint("http_status"),
    error: text("error", { enum: attemptErrors }),
    errorDetail: text("error_detail"),
    /** Of the request: what its headers cannot be made from again. `null`: `request_headers` are all of them. */
    signature: text("signature"),
    /** The version of Posthorn that sent it. */
    version: text("version"),
    /** Custom headers, masked; `null` if there were none. */
    requestHeaders: json("request_headers").$type<Record<string, string>>(),
    responseHeaders: json("response_headers").$type<Record<string, string>>(),
    /** As it came, up to 64 KiB. */
    responseBody: bytes("response_body"),
    responseTruncated: boolean("response_truncated").notNull(),
    /** What the time went by with, the peer's address and its certificate's end, as `connection-bytes.ts` writes them. */
    connection: bytes("connection"),
  },
  (table) => [
    // The attempts of a delivery.
    primaryKey({ columns: [table.deliveryId, table.id] }),
    // An attempt by its id alone: rows lie about in the order of their ids, so that some bytes for 64 pages are enough.
    index("attempts_id").using("brin", table.id).with({ pages_per_range: 64 }),
  ],
);
