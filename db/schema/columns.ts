import { timestamp } from "drizzle-orm/pg-core";

/** A moment with milliseconds, as `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const createdAt = () => moment("created_at").notNull().defaultNow();
