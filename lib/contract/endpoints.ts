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

/** A record drops a key named `__proto__`, which would be a header that is never sent. */
const customHeaders = z
  .preprocess(
    (headers, context) => {
      if (headers instanceof Object && Object.hasOwn(headers, "__proto__")) {
        context.addIssue({ code: "custom", path: ["__proto__"], message: "cannot be used as a header name" });
      }
      return headers;
    },
    z.record(headerName, headerValue),
  )
  .refine((headers) => Object.keys(headers).length <= 20, "must be at most 20 headers")
  .refine(
    (headers) =>
      new Set(Object.keys(headers).map((name) => name.toLowerCase())).size === Object.keys(headers).length,
    "must not contain the same header twice",
  );

/** Which failures are retried, and how often. */
export const retryPolicyInput = z.strictObject({
  retries: wholeNumber({ min: 0, max: policyRetriesMax })
    .nullable()
    .meta({ description: "Retries after the first attempt; `null` to retry until it is delivered." }),
  retryOn: z.enum(retriedFailures, `must be one of ${retriedFailures.join(", ")}`).meta({
    description: "`5xx`: retry only after a 5xx or no response; any other failure ends the delivery.",
  }),
});

const retryPolicy = retryPolicyInput
  .extend({ retryOn: retryPolicyInput.shape.retryOn.default("any") })
  .nullable()
  .meta({ description: "`null` to use the workspace's retry policy." });

const rateLimit = wholeNumber({ min: 1, max: rateLimitMax })
  .nullable()
  .meta({ description: "Maximum events per second; `null` for no limit." });

const editable = {
  url: endpointUrl,
  name: text({ trim: true, min: 1, max: 100 }).meta({
    description: "Shown in the dashboard. If left out, the host of the URL.",
  }),
  description: text({ trim: true, max: 500 }).nullable(),
  eventTypes: z
    .array(eventTypeName)
    .min(1, "must name at least one event type, or be null for all")
    .max(500, "must be at most 500 event types")
    .nullable()
    .meta({ description: "Subscribed event types; `null` for all, including future ones." }),
  headers: customHeaders.meta({ description: "Sent with each request. Values are stored encrypted." }),
  retryPolicy,
  rateLimit,
};

/** The form of each kind's public key, for the documentation. */
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
      description:
        "If changed, requests are also signed with the old kind for some time (`expireOldAfterHours`).",
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
          "can only be set if `signature` changes; to replace a secret of the same kind, use POST …/secret/rotate",
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
      description: `Who or what: \`failures\` is the ${disableFailures}th failure in a row, \`gone\` is a 410 response.`,
    }),
    actorName: z
      .string()
      .nullable()
      .meta({ description: "The name at that time; `null` if it was not a person or an API key." }),
  })
  .nullable()
  .meta({ description: "Who or what disabled or enabled the webhook; `null` if it never was." });

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
    jwksUrl: z
      .string()
      .nullable()
      .meta({ description: "For jwt: the URL of the installation's public keys." }),
    expiringSignatures: z
      .array(z.object({ signature: z.enum(signatureKinds), expiresAt: z.iso.datetime() }))
      .meta({ description: "Old signatures that requests also carry until they expire, newest first." }),
    headers: z.array(z.string()).meta({ description: "Names only." }),
    retryPolicy: z
      .object({ retries: z.number().int().nullable(), retryOn: z.enum(retriedFailures) })
      .nullable()
      .meta({ description: "`null` to use the workspace's retry policy." }),
    rateLimit: z.number().int().nullable().meta({ description: "Maximum events per second." }),
    status: z.enum(endpointStatuses),
    consecutiveFailures: z.number().int(),
    failingSince: z.iso.datetime().nullable(),
    nextProbeAt: z.iso
      .datetime()
      .nullable()
      .meta({
        description: `While it backs off after ${backoffFailures} failures in a row: when the next delivery is tried.`,
      }),
    disablesAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "While it backs off: about when it will be disabled if every try fails." }),
    lastFailure: z
      .object({
        at: z.iso.datetime(),
        httpStatus: z.number().int().nullable(),
        error: z.enum(attemptErrors).nullable(),
        title: z.string().meta({ description: "What went wrong, in plain words." }),
        advice: z.string().meta({ description: "What to do about it." }),
      })
      .nullable(),
    disabledAt: z.iso.datetime().nullable(),
    disabledReason: z.string().nullable().meta({ description: "`disabledCause` as text." }),
    disabledCause: cause,
    discardsWhileDisabled: z
      .boolean()
      .meta({ description: "Whether events are discarded while it is disabled, instead of held." }),
    held: z.number().int().meta({
      description:
        "Deliveries that are held because it is disabled, or because they were left for later when it was enabled.",
    }),
    waiting: z
      .object({
        count: z
          .number()
          .int()
          .meta({ description: `At most ${waitingCountMax}.` }),
        more: z.boolean().meta({ description: "Whether more are waiting than were counted." }),
        oldestAt: z.iso
          .datetime()
          .meta({ description: "When the oldest of the counted deliveries was accepted." }),
      })
      .nullable()
      .meta({
        description: "Deliveries still to be sent, except held ones and tests; `null` if there are none.",
      }),
    health24h: z
      .object({
        due: z.number().int().meta({
          description:
            "Deliveries created in the last 24 hours that have come due: those that succeeded, failed, are being retried, or wait for a failing webhook. Discarded and held deliveries and tests are not counted.",
        }),
        succeeded: z.number().int().meta({ description: "How many of them were delivered." }),
        successRate: z.number().nullable().meta({
          description: "`succeeded` divided by `due`, 0 to 1; `null` if nothing was due.",
        }),
        requests: z
          .number()
          .int()
          .meta({ description: "Attempts, including retries; tests are not counted." }),
        hours: z
          .array(
            z.object({
              hour: z.iso.datetime(),
              succeeded: z.number().int(),
              failed: z.number().int(),
              pending: z.number().int().meta({ description: "Due and not delivered yet." }),
            }),
          )
          .meta({
            description:
              "By the hour in which deliveries were created, oldest first. Hours in which nothing was due are left out.",
          }),
      })
      .meta({ description: "Counts deliveries, not attempts, except `requests`." }),
    certificateExpiresAt: z.iso.datetime().nullable().meta({
      description: "When the server's certificate expires, as seen at the last delivery; `null` if unknown.",
    }),
    lastDeliveryAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "The last attempt, successful or not; tests are not counted." }),
    lastSuccessAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "The last attempt answered with 2xx; tests are not counted." }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version,
  })
  .meta({ id: "Endpoint" });
export type EndpointOutput = z.infer<typeof endpointOutput>;

const paceNeedsReplay = {
  path: ["ratePerSecond"],
  message: "only applies to a replay; leave it out",
};

export const enableEndpointInput = z
  .strictObject({
    held: z
      .enum(heldChoices, `must be one of ${heldChoices.join(", ")}`)
      .default("replay")
      .meta({
        description: "What happens to held deliveries; `keep` leaves them held until someone decides.",
      }),
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
    .meta({ description: "The job that replays or discards held deliveries; `null` if there is none." }),
});
export type EnableEndpointOutput = z.infer<typeof enableEndpointOutput>;

export const disableEndpointInput = z
  .strictObject({
    keepEvents: z.boolean("must be true or false").default(true).meta({
      description: "`true` holds pending and new deliveries; `false` discards them.",
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
  replayId: z.string().meta({ description: "The job that replays or discards them." }),
});
export type DecideHeldOutput = z.infer<typeof decideHeldOutput>;

export const endpointsQuery = pageQuery;
export const endpointsOutput = z.object({
  data: z.array(endpointOutput),
  nextCursor: z.string().nullable(),
  limit: z.number().int().meta({ description: "How many webhooks the workspace can have." }),
});
export type EndpointsOutput = z.infer<typeof endpointsOutput>;

export const secretOutput = z.object({
  secret: z
    .string()
    .nullable()
    .meta({ description: "`null` for jwt, which is signed with the installation's key." }),
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
    .meta({ description: "Old signatures that requests also carry until they expire, newest first." }),
});
export type SecretOutput = z.infer<typeof secretOutput>;

export const testEndpointInput = z
  .strictObject({
    type: eventTypeName,
    url: endpointUrl
      .optional()
      .meta({ description: "The URL to test instead of the webhook's own, which does not change." }),
    data: jsonObject.optional().meta({ description: "If left out, the example of the event type." }),
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
    httpStatus: z.number().int().nullable().meta({ description: "The response that caused it." }),
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
