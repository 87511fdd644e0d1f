import type { ErrorCode } from "./errors";

/** What an error of the API means and what to do about it: the page that its `type` leads to. */
export const errorExplanations: Record<ErrorCode, string> = {
  bad_json:
    "The body of the request is not JSON in UTF-8. `detail` says where reading it stopped. Send one JSON value, with `Content-Type: application/json`.",
  bad_request:
    "The request itself is malformed, before anything is read from it: its path or query is not percent-encoded UTF-8, or a header is missing. `detail` says which.",
  unauthenticated:
    "There is no valid API key. Send `Authorization: Bearer phk_…`. A key that was revoked or has expired stays invalid: create another one in the dashboard, under Developers › API keys.",
  forbidden:
    "The API key, or your role in the workspace, does not allow this. `detail` names the scope that is missing. Scopes are chosen when a key is created.",
  not_found:
    "There is no such path or object, or it belongs to another workspace. Check the id and the path.",
  method_not_allowed:
    "The path exists, but not with this method. The header `Allow` lists the methods it has.",
  request_timeout: "The request did not arrive in time. Send it again.",
  conflict:
    "The request contradicts what is there, for example an idempotency key that was used with another body. `detail` says what; sending the same again does not help.",
  limit_reached: "The workspace has as many of these as it may have. Delete one first.",
  precondition_failed:
    "What you change was changed by somebody else since the answer whose `ETag` you sent in `If-Match`. Read it again, and send your change with its new `ETag`. Without `If-Match`, the change is made whatever is there.",
  payload_too_large: "The body is larger than 1 MiB. Send fewer events in a request, or smaller ones.",
  unsupported_media_type:
    "The body is compressed (`Content-Encoding`), which Posthorn does not read. Send it as it is.",
  expectation_failed: "The header `Expect` asks for something other than `100-continue`. Leave it out.",
  validation_failed:
    "A field of the body, or a parameter of the path or query, is wrong. `errors` lists each with its path, what is wrong and what would be right. Nothing was written.",
  rate_limited:
    "There were too many requests. Wait for as many seconds as `Retry-After` says, then send it again.",
  headers_too_large:
    "The request line and the headers are larger than 16 KiB together. Often a cookie is to blame.",
  unavailable:
    "Posthorn cannot do this right now, for example because its database cannot be reached. Send it again after as many seconds as `Retry-After` says; an event with an idempotency key is not published twice.",
  internal:
    "Something went wrong in Posthorn. Send it again. If it happens again, look for the `requestId` in the log.",
};
