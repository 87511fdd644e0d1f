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
 * One HTTP request of a delivery. Partitioned by RANGE (id), by week, as events are. The workspace is the delivery's,
 * and data that the delivery or the signature's time already gives is not stored again, because there is one row per
 * request.
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
    /** Data of the request from which its headers are rebuilt. `null`: `request_headers` holds all of them. */
    signature: text("signature"),
    /** The version of Posthorn that sent it. */
    version: text("version"),
    /** Custom headers, masked; `null` if there were none. */
    requestHeaders: json("request_headers").$type<Record<string, string>>(),
    responseHeaders: json("response_headers").$type<Record<string, string>>(),
    /** As received, up to 64 KiB. */
    responseBody: bytes("response_body"),
    responseTruncated: boolean("response_truncated").notNull(),
    /** The timings, the peer's address and its certificate's expiry, as written by `connection-bytes.ts`. */
    connection: bytes("connection"),
  },
  (table) => [
    // The attempts of a delivery.
    primaryKey({ columns: [table.deliveryId, table.id] }),
    // An attempt by its id alone. Rows are nearly in the order of their ids, so a few bytes per 64 pages are enough.
    index("attempts_id").using("brin", table.id).with({ pages_per_range: 64 }),
  ],
);
