import { z } from "zod";
import {
  attemptErrors,
  attemptTriggers,
  type countedStatuses,
  deliveryStatuses,
  deliveryStatusFilters,
} from "../core/deliveries";
import { searchLengthMax } from "../core/search-kinds";
import { text } from "../core/text";
import { time } from "../core/time";
import { timeRanges } from "../core/time-ranges";
import { wholeNumberOrText } from "../core/whole-number";
import { searchDescription, searchedPage } from "./searched-page";
import { pageOf, pageQuery } from "./shared";

/** The most values of one filter: each is a parameter of the query, and PostgreSQL allows 65,535. */
const filterValuesMax = 500;

export const many = <T extends z.ZodType>(item: T, { min = 0, max = filterValuesMax } = {}) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z
      .array(item)
      .min(min, `must be at least ${min} value${min === 1 ? "" : "s"}`)
      .max(max, `must be at most ${max} values`)
      .optional(),
  );

/** Text in a query, a number in a filter that is sent as JSON. */
const attempts = wholeNumberOrText({ min: 0, max: 1_000_000 }).optional();

export const deliveriesQuery = pageQuery.extend({
  id: many(text({ max: 100 })).meta({ description: "Delivery ids. May repeat." }),
  endpointId: many(text({ max: 100 })).meta({ description: "May repeat." }),
  status: many(z.enum(deliveryStatusFilters, `must be one of ${deliveryStatusFilters.join(", ")}`)).meta({
    description:
      "`pending` is `waiting` (not tried yet) and `retrying` (tried, and will be again) together. May repeat.",
  }),
  type: many(text({ max: 1_000 })),
  httpStatus: many(
    text({ max: 4 }).regex(/^([1-5]xx|none|[1-5]\d\d)$/, "must be 2xx to 5xx, none, or a status like 404"),
  ).meta({ description: "`2xx` to `5xx`, `none`, or a number. May repeat." }),
  error: many(z.enum(attemptErrors, `must be one of ${attemptErrors.join(", ")}`)),
  attemptsMin: attempts,
  attemptsMax: attempts,
  from: time().optional(),
  to: time().optional(),
  range: z
    .enum(timeRanges, `must be one of ${timeRanges.join(", ")}`)
    .optional()
    .meta({
      description:
        "The time up to now, like the last 24 hours. If `from` is set too, the later of the two applies.",
    }),
  eventId: text({ max: 100 }).optional(),
  failureGroup: text({ max: 100 })
    .optional()
    .meta({ description: "The id of a failure group: deliveries that are in it now." }),
  replayId: text({ max: 100 }).optional().meta({ description: "The id of a job: deliveries that it sent." }),
  q: text({ max: searchLengthMax })
    .optional()
    .meta({ description: `An event id, a delivery id, an attempt id, ${searchDescription}` }),
  tests: z
    .enum(["0", "1"], "must be 0 or 1")
    .default("0")
    .meta({ description: "`1` lists test deliveries too." }),
});

/** The filters that only the log has. */
export const deliveriesFilter = deliveriesQuery.omit({ limit: true, cursor: true });

/** Formats of an export. */
export const exportFormats = ["csv", "ndjson"] as const;
/** How events and deliveries are exported. */
export const exportOptions = {
  format: z
    .enum(exportFormats, "must be csv or ndjson")
    .default("csv")
    .meta({ description: "`csv` for spreadsheets; `ndjson` for one JSON object per line." }),
  payload: z.enum(["0", "1"], "must be 0 or 1").default("0").meta({
    description:
      "`1` adds `payload`: the event's body as text, exactly as it is sent. Requires the scope `payloads:read`.",
  }),
};
export const exportQuery = deliveriesFilter.extend(exportOptions);
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;
export type DeliveriesFilter = { [Name in keyof DeliveriesQuery]?: DeliveriesQuery[Name] | null };

export const deliveryOutput = z
  .object({
    id: z.string().meta({ description: "Also sent as the `webhook-id` header, the same in each attempt." }),
    eventId: z.string(),
    endpointId: z.string(),
    type: z.string(),
    test: z.boolean(),
    status: z.enum(deliveryStatuses),
    inFlight: z.boolean().meta({ description: "An attempt is requested or in progress." }),
    attempts: z.number().int(),
    httpStatus: z.number().int().nullable(),
    error: z.enum(attemptErrors).nullable(),
    errorDetail: z.string().nullable().meta({
      description: "What is wrong with the receiver's certificate or TLS, if the error is `tls_error`.",
    }),
    durationMs: z.number().int().nullable().meta({ description: "Of the last attempt." }),
    nextAttemptAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    completedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Delivery" });
export type DeliveryOutput = z.infer<typeof deliveryOutput>;

export const deliveriesPage = pageOf(deliveryOutput).extend(searchedPage);
export type DeliveriesPage = z.infer<typeof deliveriesPage>;

const statusCount = z.object({
  count: z.number().int(),
  more: z
    .boolean()
    .meta({ description: "There may be more: counting stops at 10,000, or if it takes too long." }),
});
export const deliveryCountsOutput = z
  .object({
    waiting: statusCount,
    retrying: statusCount,
    failed: statusCount,
    held: statusCount,
    succeeded: statusCount,
    discarded: statusCount,
  } satisfies Record<(typeof countedStatuses)[number], z.ZodType>)
  .meta({ id: "DeliveryCounts" });
export type DeliveryCountsOutput = z.infer<typeof deliveryCountsOutput>;

const phaseMs = z.number().int().nullable();
const timingsOutput = z
  .object({
    dnsMs: phaseMs.meta({ description: "Looking up the host; `null` if the URL has an IP address." }),
    connectMs: phaseMs.meta({ description: "Opening the TCP connection." }),
    tlsMs: phaseMs.meta({ description: "The TLS handshake, including the check of the certificate." }),
    waitMs: phaseMs.meta({ description: "From sending the request to the first byte of the response." }),
    readMs: phaseMs.meta({ description: "From the first byte of the response to the last." }),
  })
  .meta({
    id: "Timings",
    description:
      "Milliseconds of each phase, which add up to `durationMs`. `null` if a phase was not reached; `dnsMs`, `connectMs` and `tlsMs` are also `null` if an open connection was reused.",
  });
export type TimingsOutput = z.infer<typeof timingsOutput>;

const headerMap = z.record(z.string(), z.string());

export const attemptOutput = z
  .object({
    id: z.string(),
    number: z.number().int(),
    trigger: z.enum(attemptTriggers),
    url: z.string(),
    startedAt: z.iso.datetime(),
    durationMs: z.number().int(),
    httpStatus: z.number().int().nullable(),
    error: z.enum(attemptErrors).nullable(),
    errorDetail: z.string().nullable(),
    remoteAddress: z
      .string()
      .nullable()
      .meta({ description: "The IP address it was sent to; `null` if no connection was made." }),
    certificateExpiresAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the receiver's certificate expires; `null` if it had none." }),
    timings: timingsOutput.nullable().meta({
      description:
        "`null` if no connection was tried, and for attempts made by an older version of Posthorn.",
    }),
    request: z.object({ headers: headerMap }),
    response: z
      .object({ headers: headerMap, body: z.string().nullable(), truncated: z.boolean() })
      .nullable()
      .meta({
        description:
          "`null` if there was no response. Connection-level headers are left out. `body` is `null` if the workspace hides the data of events from viewers.",
      }),
  })
  .meta({ id: "Attempt" });
export type AttemptOutput = z.infer<typeof attemptOutput>;

export const deliveryDetailOutput = deliveryOutput
  .extend({
    payload: z.string().nullable().meta({
      description: "The body exactly as it is sent; `null` if the workspace hides it from viewers.",
    }),
    timestamp: z.iso.datetime(),
    idempotencyKey: z.string().nullable(),
    endpoint: z.object({
      id: z.string(),
      name: z.string(),
      url: z.string(),
      deleted: z.boolean(),
      disabledAt: z.iso.datetime().nullable(),
      nextProbeAt: z.iso
        .datetime()
        .nullable()
        .meta({ description: "While the webhook backs off: when the next delivery is tried." }),
    }),
    attemptLog: z.array(attemptOutput).meta({ description: "Newest first." }),
    plannedAttempts: z.array(z.iso.datetime()).meta({
      description:
        "The next attempts, as its retry policy plans them if each one fails. Times after the first are approximate. Empty if the delivery is held or has ended.",
    }),
    reasons: z
      .object({
        match: z.string().meta({ description: "Why the webhook gets the event." }),
        webhook: z.string().meta({ description: "The webhook's state when the delivery was made." }),
        next: z.string().meta({ description: "The rule that decides what happens next." }),
      })
      .meta({ description: "One sentence each." }),
    why: z.string().meta({ description: "Why it has its status, in one sentence." }),
  })
  .meta({ id: "DeliveryDetail" });
export type DeliveryDetailOutput = z.infer<typeof deliveryDetailOutput>;
