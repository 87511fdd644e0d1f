import type { OperationV1 } from "../contract/operations/operation";
import { problem } from "../contract/shared";
import { type ErrorCode, errorCodes } from "../core/errors";

/** When an error with this status occurs, and the name that generated clients give it. */
const statuses = {
  400: { id: "BadRequest", description: "The request is malformed, or its body is not JSON." },
  401: { id: "Unauthenticated", description: "The API key is missing, invalid, expired or revoked." },
  403: { id: "Forbidden", description: "The API key does not have the scope of this operation." },
  404: { id: "NotFound", description: "It does not exist, or belongs to another workspace." },
  409: {
    id: "Conflict",
    description: "The request conflicts with the current state, or a limit is reached; `detail` says which.",
  },
  412: {
    id: "ChangedMeanwhile",
    description: "It has changed since the response whose `ETag` is in `If-Match`: read it again.",
  },
  413: { id: "PayloadTooLarge", description: "The body is over 1 MiB." },
  415: { id: "UnsupportedMediaType", description: "The body is compressed, which is not supported." },
  422: { id: "ValidationFailed", description: "A field or parameter is invalid; `errors` lists each one." },
  429: { id: "RateLimited", description: "Too many requests: wait for `Retry-After` seconds." },
  500: { id: "Internal", description: "Something went wrong in Posthorn." },
  503: {
    id: "Unavailable",
    description: "The database is unreachable or busy: try again after `Retry-After` seconds.",
  },
} as const;

const always: ErrorCode[] = ["bad_request", "unauthenticated", "forbidden", "validation_failed"];
const ours: ErrorCode[] = ["internal", "unavailable"];

/** One object for each, which the document refers to. */
const responses = new Map<number, ReturnType<typeof responseOf>>(
  Object.entries(statuses).map(([status, words]) => [Number(status), responseOf(words)]),
);
const otherProblem = responseOf({ id: "OtherProblem", description: "Any other error." });

/** The error responses of an operation, by status, with `default` for those of HTTP itself. */
export function problemResponses({ path, body, versioned, errors = [] }: OperationV1) {
  const codes: ErrorCode[] = [
    ...always,
    ...(path.includes("{") ? (["not_found"] as const) : []),
    ...(body ? (["payload_too_large", "unsupported_media_type"] as const) : []),
    ...(versioned === "change" ? (["precondition_failed"] as const) : []),
    ...errors,
    ...ours,
  ];
  const named = new Set<number>(codes.map((code) => errorCodes[code].status));
  return Object.fromEntries<ReturnType<typeof responseOf>>([
    ...[...responses]
      .filter(([status]) => named.has(status))
      .map(([status, response]) => [String(status), response] as const),
    ["default", otherProblem],
  ]);
}

function responseOf({ id, description }: { id: string; description: string }) {
  return { id, description, content: { "application/problem+json": { schema: problem } } };
}
