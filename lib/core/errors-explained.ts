import type { ErrorCode } from "./errors";

/** What an error code of the API means and what to do about it: the page that the error's `type` links to. */
export const errorExplanations: Record<ErrorCode, string> = {
  bad_json:
    "The body of the request is not JSON in UTF-8. `detail` says where parsing stopped. Send one JSON value, with `Content-Type: application/json`.",
  bad_request:
    "The request itself is malformed: its path or query is not percent-encoded UTF-8, or a header is missing. `detail` says which.",
  unauthenticated:
    "The API key is missing or invalid. Send `Authorization: Bearer phk_…`. If the key was revoked or has expired, create a new one in the dashboard, under Developers › API keys.",
  forbidden:
    "The API key, or your role in the workspace, does not allow this. `detail` names the scope that is missing. Scopes are chosen when a key is created.",
  not_found: "The path or object does not exist, or belongs to another workspace. Check the id and the path.",
  method_not_allowed:
    "The path does not support this method. The header `Allow` lists the methods it supports.",
  request_timeout: "The request did not arrive in time. Send it again.",
  conflict:
    "The request conflicts with the current state: for example, its idempotency key was already used with another body. `detail` says what. Sending the same request again does not help.",
  limit_reached: "The workspace has reached its limit for these. Delete one first.",
  precondition_failed:
    "Someone else changed it after the response whose `ETag` you sent in `If-Match`. Read it again, and send your change with the new `ETag`. Without `If-Match`, the change is always made.",
  payload_too_large: "The body is larger than 1 MiB. Send fewer or smaller events per request.",
  unsupported_media_type:
    "The body is compressed (`Content-Encoding`), which Posthorn does not support. Send it uncompressed.",
  expectation_failed: "The header `Expect` asks for something other than `100-continue`. Leave it out.",
  validation_failed:
    "A field of the body, or a parameter of the path or query, is invalid. `errors` lists each with its path, what is wrong, and what would be right. Nothing was written.",
  rate_limited: "There were too many requests. Wait for the seconds in `Retry-After`, then send it again.",
  headers_too_large:
    "The request line and the headers are larger than 16 KiB together. Often a cookie is to blame.",
  unavailable:
    "Posthorn cannot do this right now, for example because it cannot reach its database. Wait for the seconds in `Retry-After`, then send it again. An event with an idempotency key is not published twice.",
  internal:
    "Something went wrong in Posthorn. Send it again. If it happens again, look for the `requestId` in the log.",
};
