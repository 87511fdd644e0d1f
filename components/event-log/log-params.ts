import {
  createParser,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import { attemptErrors, deliveryStatusFilters } from "@/lib/core/deliveries";
import { timeRanges } from "@/lib/core/time-ranges";

export const responseClasses = ["2xx", "3xx", "4xx", "5xx", "none"] as const;

/** A class of statuses, `none`, or one status like 404. */
const parseAsResponse = createParser({
  parse: (text: string) =>
    responseClasses.some((one) => one === text) || /^[1-5]\d\d$/.test(text) ? text : null,
  serialize: (value: string) => value,
});

/** A number of attempts. */
const parseAsAttempts = createParser({
  parse: (text: string) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null),
  serialize: (value: number) => String(value),
});

/** What the event log shows, as stored in its address. */
export const logParams = {
  status: parseAsArrayOf(parseAsStringLiteral(deliveryStatusFilters)).withDefault([]),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  response: parseAsArrayOf(parseAsResponse).withDefault([]),
  cause: parseAsArrayOf(parseAsStringLiteral(attemptErrors)).withDefault([]),
  webhook: parseAsArrayOf(parseAsString).withDefault([]),
  /** At least this many. */
  attempts: parseAsAttempts,
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  range: parseAsStringLiteral(timeRanges),
  group: parseAsString,
  replay: parseAsString,
  q: parseAsString.withDefault(""),
  tests: parseAsBoolean.withDefault(false),
  /** The open saved view; its filters are in the address, too. */
  saved: parseAsString,
};
export type LogParams = inferParserType<typeof logParams>;

/** The names of the filters on the page, by the API's. */
export const filterNames: Record<string, string> = {
  q: "Search",
  type: "Type",
  status: "Status",
  httpStatus: "Response",
  error: "Cause",
  attemptsMin: "Attempts",
  endpointId: "Webhook",
  from: "Start of the time range",
  to: "End of the time range",
  failureGroup: "Failure group",
  replayId: "Job",
};

export const noFilters = {
  status: null,
  type: null,
  response: null,
  cause: null,
  webhook: null,
  attempts: null,
  from: null,
  to: null,
  range: null,
  group: null,
  replay: null,
  q: null,
  saved: null,
} as const;

export function hasFilters({
  status,
  type,
  response,
  cause,
  webhook,
  attempts,
  from,
  to,
  range,
  group,
  replay,
  q,
}: LogParams): boolean {
  const chosen = status.length + type.length + response.length + cause.length + webhook.length;
  return (
    chosen > 0 ||
    attempts !== null ||
    from !== null ||
    to !== null ||
    range !== null ||
    group !== null ||
    replay !== null ||
    q !== ""
  );
}

const some = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);

/** The API's filter for the address; `endpointId` if the log is one webhook's. */
export function toDeliveriesFilter(params: LogParams, endpointId?: string): DeliveriesFilter {
  return {
    endpointId: endpointId ? [endpointId] : some(params.webhook),
    status: some(params.status),
    type: some(params.type),
    httpStatus: some(params.response),
    error: some(params.cause),
    attemptsMin: params.attempts ?? undefined,
    from: params.from?.toISOString(),
    to: params.to?.toISOString(),
    range: params.range ?? undefined,
    failureGroup: params.group ?? undefined,
    replayId: params.replay ?? undefined,
    q: params.q.trim() || undefined,
    tests: params.tests ? "1" : "0",
  };
}
