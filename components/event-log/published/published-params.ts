import {
  type inferParserType,
  parseAsArrayOf,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { EventsFilter } from "@/lib/contract/events";

/** The two views of the event log. */
export const logViews = ["deliveries", "published"] as const;
export const viewParam = { view: parseAsStringLiteral(logViews).withDefault("deliveries") };

/** What the view of published events shows, as stored in its address. */
export const publishedParams = {
  type: parseAsArrayOf(parseAsString).withDefault([]),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  q: parseAsString.withDefault(""),
  /** The open saved view; its filters are in the address, too. */
  saved: parseAsString,
};
export type PublishedParams = inferParserType<typeof publishedParams>;

export const noPublishedFilters = { type: null, from: null, to: null, q: null, saved: null } as const;

export function hasPublishedFilters({ type, from, to, q }: PublishedParams): boolean {
  return type.length > 0 || from !== null || to !== null || q !== "";
}

/** The API's filter for the address. */
export function toEventsFilter({ type, from, to, q }: PublishedParams): EventsFilter {
  return {
    type: type.length > 0 ? [...type] : undefined,
    from: from?.toISOString(),
    to: to?.toISOString(),
    q: q.trim() || undefined,
  };
}
