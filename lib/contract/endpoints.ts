import { z } from "zod";
import { attemptErrors } from "../core/deliveries";
import { backoffFailures, causes, disableFailures, endpointTransitionKinds } from "../core/endpoint-state";
import { endpointUrl } from "../core/endpoint-url";
import {
  endpointStatuses,
  policyRetriesMax,
  rateLimitMax,
  reservedHeaderPrefixes,
  reservedHeaders,
  retriedFailures,
  signatureKinds,
  waitingCountMax,
} from "../core/endpoints";
import { jsonObject } from "../core/json-object";
import { heldActions, heldChoices } from "../core/replays";
import { signatureForms } from "../core/signatures";
import { text } from "../core/text";
import { wholeNumber } from "../core/whole-number";
import { attemptOutput } from "./deliveries";
import { eventTypeName } from "./event-types";
import { ratePerSecond } from "./replays";
import { namesAField, pageQuery, version } from "./shared";
import { expireOldAfterHours, secretFields, secretProblem } from "./signatures";

const headerName = text({ min: 1, max: 128 })
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be a valid header name (RFC 9110)")
  .refine((name) => {
    const lower = name.toLowerCase();
    return (
      !reservedHeaders.some((reserved) => reserved === lower) &&
      !reservedHeaderPrefixes.some((prefix) => lower.startsWith(prefix))
    );
  }, "is set by Posthorn and cannot be replaced");

const headerValue = text({ max: 4_096 }).regex(
  /^[\x20-\x7e\t]*$/,
  "must be printable ASCII, without line breaks",
);

/** A record leaves out what is named `__proto__`, which would be a header that is never sent. */
const customHeaders = z
  .preprocess(
    (headers, context) => {
      if (headers instanceof Object && Object.hasOwn(headers, "__proto__")) {
        context.addIssue({ code: "custom", path: ["__proto__"], message: "cannot be the name of a header" });
      }
      return headers;
    },
    z.record(headerName, headerValue),
  )
  .refine((headers) => Object.keys(headers).length <= 20, "must be at most 20 headers")
  .refine(
    (headers) =>
      new Set(Object.keys(headers).map((name) => name.toLowerCase())).size === Object.keys(headers).length,
    "must not name a header twice",
  );

/** Which failures are retried, and how often. */
export const retryPolicyInput = z.strictObject({
  retries: wholeNumber({ min: 0, max: policyRetriesMax })
    .nullable()
    .meta({ description: "Retries after the first attempt; `null` goes on until it is delivered." }),
  retryOn: z.enum(retriedFailures, `must be one of ${retriedFailures.join(", ")}`).meta({
    description: "`5xx`: only those and no response at all; any other failure ends the delivery.",
  }),
});

const retryPolicy = retryPolicyInput
  .extend({ retryOn: retryPolicyInput.shape.retryOn.default("any") })
  .nullable()
  .meta({ description: "`null`: the workspace's." });

const rateLimit = wholeNumber({ min: 1, max: rateLimitMax })
  .nullable()
  .meta({ description: "Events a second at most; `null` for no limit." });

const editable = {
  url: endpointUrl,
  name: text({ trim: true, min: 1, max: 100 }).meta({
    description: "Shown in the dashboard; the URL's host if it is left out.",
  }),
  description: text({ trim: true, max: 500 }).nullable(),
  eventTypes: z
    .array(eventTypeName)
    .min(1, "must name at least one event type, or be null for all")
    .max(500, "must be at most 500 event types")
    .nullable()
    .meta({ description: "Subscribed event types; `null` for all, also future ones." }),
  headers: customHeaders.meta({ description: "Sent with each request. Values are stored encrypted." }),
  retryPolicy,
  rateLimit,
};

/** How each kind's public key looks, for the documentation. */
const publicKeys = signatureKinds
  .map((kind) => ({ kind, form: signatureForms[kind].publicKey ?? "`null`" }))
  .toSorted((a, b) => Number(a.form === "`null`") - Number(b.form === "`null`"))
  .map(({ kind, form }) => `${form} for ${kind}`)
  .join(", ");

const signature = z.enum(signatureKinds, `must be one of ${signatureKinds.join(", ")}`);

export const createEndpointInput = z
  .strictObject({
    url: editable.url,
    name: editable.name.optional(),
    description: editable.description.optional(),
    eventTypes: editable.eventTypes.default(null),
    signature: signature.default("hmac"),
    ...secretFields,
    headers: editable.headers.default({}),
    retryPolicy: editable.retryPolicy.default(null),
    rateLimit: editable.rateLimit.default(null),
  })
  .superRefine((input, context) => {
    const problem = secretProblem(input.signature, input);
    if (problem) context.addIssue({ code: "custom", path: [problem.path], message: problem.message });
  })
  .meta({ id: "CreateEndpoint" });
export type CreateEndpointInput = z.input<typeof createEndpointInput>;

export const updateEndpointInput = z
  .strictObject({
    url: editable.url.optional(),
    name: editable.name.optional(),
    description: editable.description.optional(),
    eventTypes: editable.eventTypes.optional(),
    headers: editable.headers.optional(),
    retryPolicy: editable.retryPolicy.optional(),
    rateLimit: editable.rateLimit.optional(),
    signature: signature.optional().meta({
      description: "After a change of kind the old one also signs for a time (`expireOldAfterHours`).",
    }),
    ...secretFields,
    expireOldAfterHours: expireOldAfterHours.optional(),
  })
  .superRefine((input, context) => {
    const fail = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    for (const field of ["secret", "secretEncoding", "expireOldAfterHours"] as const) {
      if (input[field] !== undefined && input.signature === undefined) {
        fail(
          field,
          "goes with a change of `signature`; POST …/secret/rotate replaces a secret of the same kind",
        );
      }
    }
    const problem = input.signature === undefined ? null : secretProblem(input.signature, input);
    if (problem) fail(problem.path, problem.message);
  })
  .refine(...namesAField)
  .meta({ id: "UpdateEndpoint" });
export type UpdateEndpointInput = z.input<typeof updateEndpointInput>;

const cause = z
  .object({
    kind: z.enum(causes).meta({
      description: `Who or which rule: \`failures\` is the ${disableFailures}th failure in a row, \`gone\` a response of 410.`,
    }),
    actorName: z.string().nullable().meta({ description: "As it was then; `null` for a rule." }),
  })
  .nullable()
  .meta({ description: "What disabled or enabled the webhook; `null` if nothing did." });

export const endpointOutput = z
  .object({
    id: z.string(),
    url: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    eventTypes: z.array(z.string()).nullable(),
    signature: z.enum(signatureKinds),
    publicKey: z
      .string()
      .nullable()
      .meta({ description: `Verifies signatures: ${publicKeys}.` }),
    jwksUrl: z.string().nullable().meta({ description: "For jwt: where the installation's keys are." }),
    expiringSignatures: z
      .array(z.object({ signature: z.enum(signatureKinds), expiresAt: z.iso.datetime() }))
      .meta({ description: "What also signs until then, newest first." }),
    headers: z.array(z.string()).meta({ description: "Names only." }),
    retryPolicy: z
      .object({ retries: z.number().int().nullable(), retryOn: z.enum(retriedFailures) })
      .nullable()
      .meta({ description: "`null`: the workspace's." }),
    rateLimit: z.number().int().nullable().meta({ description: "Events a second at most." }),
    status: z.enum(endpointStatuses),
    consecutiveFailures: z.number().int(),
    failingSince: z.iso.datetime().nullable(),
    nextProbeAt: z.iso
      .datetime()
      .nullable()
      .meta({
        description: `While it backs off after ${backoffFailures} failures in a row: when one delivery is tried.`,
      }),
    disablesAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "While it backs off: about when it is disabled if every try fails." }),
    lastFailure: z
      .object({
        at: z.iso.datetime(),
        httpStatus: z.number().int().nullable(),
        error: z.enum(attemptErrors).nullable(),
        title: z.string().meta({ description: "What went wrong, for people." }),
        advice: z.string().meta({ description: "What to do about it." }),
      })
      .nullable(),
    disabledAt: z.iso.datetime().nullable(),
    disabledReason: z.string().nullable().meta({ description: "`disabledCause` as text." }),
    disabledCause: cause,
    discardsWhileDisabled: z
      .boolean()
      .meta({ description: "What arrives while it is disabled is discarded." }),
    held: z.number().int().meta({
      description: "Deliveries held: it is disabled, or they were left for later when it was enabled.",
    }),
    waiting: z
      .object({
        count: z
          .number()
          .int()
          .meta({ description: `At most ${waitingCountMax}.` }),
        more: z.boolean().meta({ description: "More wait than are counted." }),
        oldestAt: z.iso.datetime().meta({ description: "When the oldest of those counted was accepted." }),
      })
      .nullable()
      .meta({
        description: "Deliveries that are still to be sent, without held ones and tests; `null` for none.",
      }),
    health24h: z
      .object({
        due: z.number().int().meta({
          description:
            "Deliveries made in the last 24 hours that have been due: those that ended, but for discarded ones, those that are retried, and what waits for a webhook that fails. Held ones and tests are not among them.",
        }),
        succeeded: z.number().int().meta({ description: "Of those that were due." }),
        successRate: z.number().nullable().meta({
          description:
            "The share of what was due that has been delivered, 0 to 1; `null` if nothing was due.",
        }),
        requests: z.number().int().meta({ description: "Attempts made, also retries; without tests." }),
        hours: z
          .array(
            z.object({
              hour: z.iso.datetime(),
              succeeded: z.number().int(),
              failed: z.number().int(),
              pending: z.number().int().meta({ description: "Due, and not delivered yet." }),
            }),
          )
          .meta({ description: "Hours in which anything was due, by when it was made, oldest first." }),
      })
      .meta({ description: "Of deliveries, however often each was tried." }),
    certificateExpiresAt: z.iso.datetime().nullable().meta({
      description: "Of its server's certificate, as of the last delivery; `null` if none is known.",
    }),
    lastDeliveryAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "The last attempt, whatever came of it; tests apart." }),
    lastSuccessAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "The last attempt that was answered with a 2xx; tests apart." }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version,
  })
  .meta({ id: "Endpoint" });
export type EndpointOutput = z.infer<typeof endpointOutput>;

const paceNeedsReplay = {
  path: ["ratePerSecond"],
  message: "is the pace of a replay; leave it out",
};

export const enableEndpointInput = z
  .strictObject({
    held: z
      .enum(heldChoices, `must be one of ${heldChoices.join(", ")}`)
      .default("replay")
      .meta({ description: "What becomes of what was held; `keep` leaves it held until somebody decides." }),
    ratePerSecond,
  })
  .refine((input) => input.ratePerSecond === undefined || input.held === "replay", paceNeedsReplay)
  .meta({ id: "EnableEndpoint" });
export type EnableEndpointInput = z.input<typeof enableEndpointInput>;

export const enableEndpointOutput = z.object({
  endpoint: endpointOutput,
  replayId: z
    .string()
    .nullable()
    .meta({ description: "The job that replays or discards what was held; `null` if there is none." }),
});
export type EnableEndpointOutput = z.infer<typeof enableEndpointOutput>;

export const disableEndpointInput = z
  .strictObject({
    keepEvents: z.boolean("must be true or false").default(true).meta({
      description: "`true` holds what is pending or arrives meanwhile; `false` discards it.",
    }),
  })
  .meta({ id: "DisableEndpoint" });
export type DisableEndpointInput = z.input<typeof disableEndpointInput>;

export const decideHeldInput = z
  .strictObject({
    action: z.enum(heldActions, `must be one of ${heldActions.join(", ")}`),
    ratePerSecond,
  })
  .refine((input) => input.ratePerSecond === undefined || input.action === "replay", paceNeedsReplay)
  .meta({ id: "DecideHeld" });
export type DecideHeldInput = z.input<typeof decideHeldInput>;

export const decideHeldOutput = z.object({
  replayId: z.string().meta({ description: "The job that does it." }),
});
export type DecideHeldOutput = z.infer<typeof decideHeldOutput>;

export const endpointsQuery = pageQuery;
export const endpointsOutput = z.object({
  data: z.array(endpointOutput),
  nextCursor: z.string().nullable(),
  limit: z.number().int().meta({ description: "How many webhooks the workspace may have." }),
});
export type EndpointsOutput = z.infer<typeof endpointsOutput>;

export const secretOutput = z.object({
  secret: z.string().nullable().meta({ description: "`null` for jwt, which the installation's key signs." }),
  publicKey: z.string().nullable(),
  jwksUrl: z.string().nullable(),
  expiring: z
    .array(
      z.object({
        signature: z.enum(signatureKinds),
        secret: z.string().nullable(),
        expiresAt: z.iso.datetime(),
      }),
    )
    .meta({ description: "What also signs until then, newest first." }),
});
export type SecretOutput = z.infer<typeof secretOutput>;

export const testEndpointInput = z
  .strictObject({
    type: eventTypeName,
    url: endpointUrl
      .optional()
      .meta({ description: "Tried in place of the webhook's URL, which stays as it is." }),
    data: jsonObject.optional().meta({ description: "The example of the event type if it is left out." }),
  })
  .meta({ id: "TestEndpoint" });

export const testEndpointOutput = z.object({
  eventId: z.string(),
  deliveryId: z.string(),
  attempt: attemptOutput,
});
export type TestEndpointOutput = z.infer<typeof testEndpointOutput>;

export const transitionOutput = z
  .object({
    id: z.string(),
    kind: z.enum(endpointTransitionKinds),
    consecutiveFailures: z.number().int(),
    httpStatus: z.number().int().nullable().meta({ description: "Of the result that caused it." }),
    error: z.enum(attemptErrors).nullable(),
    reason: z
      .string()
      .nullable()
      .meta({ description: "`cause` as text, like `by Ana` or `after 20 failures`." }),
    cause,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "EndpointTransition" });
export type TransitionOutput = z.infer<typeof transitionOutput>;
