/** Codes of the API's errors, with their HTTP status and title. */
export const errorCodes = {
  bad_json: { status: 400, title: "The body is not JSON" },
  bad_request: { status: 400, title: "Malformed request" },
  unauthenticated: { status: 401, title: "Not signed in" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  request_timeout: { status: 408, title: "The request took too long" },
  conflict: { status: 409, title: "Conflict" },
  limit_reached: { status: 409, title: "Limit reached" },
  precondition_failed: { status: 412, title: "Changed meanwhile" },
  payload_too_large: { status: 413, title: "Body too large" },
  unsupported_media_type: { status: 415, title: "Unsupported encoding of the body" },
  expectation_failed: { status: 417, title: "Unknown expectation" },
  validation_failed: { status: 422, title: "Validation failed" },
  rate_limited: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "Headers too large" },
  unavailable: { status: 503, title: "Not available right now" },
  internal: { status: 500, title: "Something went wrong" },
} as const;
export type ErrorCode = keyof typeof errorCodes;

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);

export type FieldError = { path: string; message: string };

/** An error whose text may be sent to the client. All other errors are logged and answered as `internal`. */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    detail: string,
    readonly extra: {
      errors?: FieldError[];
      retryAfterSeconds?: number;
      /** The methods that the path supports, for a `method_not_allowed`. */
      allow?: readonly string[];
    } = {},
  ) {
    super(detail);
  }
}

/** For objects that do not exist, and for those of other workspaces. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}.`);
}

export function validationFailed(errors: FieldError[]): AppError {
  const detail = errors
    .map((error) => (error.path ? `${error.path}: ${error.message}` : error.message))
    .join("; ");
  return new AppError("validation_failed", detail, { errors });
}
