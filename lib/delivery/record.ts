import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { newId } from "../core/ids";
import { requestHeaders } from "../core/request-headers";
import type { AttemptResult } from "./classify";
import type { Outcome } from "./decide";
import { writeConnection } from "./record/connection-bytes";
import { echoMask, masked } from "./record/echo/mask-echoes";
import { withoutConnectionHeaders } from "./record/without-connection-headers";
import type { SignedRequest } from "./sign";

/** Its value has a column: from it, and from the delivery's data, `requestHeaders` rebuilds the others. */
const signatureHeader = "webhook-signature";

/**
 * The log entry of an attempt. Of custom headers only the names are kept, because a value may be a credential, even
 * in what the receiver echoes.
 *
 * @param params.request `null` if it could not be prepared or signed
 */
export function toRecord({
  delivery,
  startedAt,
  request,
  result,
  outcome,
  retryAfter,
}: {
  delivery: ClaimedDelivery;
  startedAt: Date;
  request: SignedRequest | null;
  result: AttemptResult;
  outcome: Outcome;
  retryAfter: Date | null;
}): AttemptRecord {
  const logged = request ? echoMask(request.customHeaders)(result) : result;
  const sent = request ? loggedHeaders(request) : noHeaders;
  // Field by field, here and on the way: fields after a spread are added one by one, which is several times slower.
  return {
    id: newId(),
    workspaceId: delivery.workspaceId,
    deliveryId: delivery.id,
    endpointId: delivery.endpointId,
    token: delivery.token,
    number: delivery.attempts + 1,
    trigger: delivery.trigger,
    test: delivery.test,
    url: delivery.url,
    startedAt: startedAt.toISOString(),
    durationMs: result.durationMs,
    httpStatus: result.httpStatus,
    error: result.error,
    errorDetail: logged.errorDetail,
    signature: sent.signature,
    version: sent.version,
    requestHeaders: sent.requestHeaders,
    responseHeaders: logged.responseHeaders && withoutConnectionHeaders(logged.responseHeaders),
    responseBody: logged.responseBody,
    responseTruncated: result.responseTruncated,
    connection: writeConnection(result),
    status: outcome.status,
    dueAt: outcome.dueAt instanceof Date ? outcome.dueAt.toISOString() : outcome.dueAt,
    failureGroup: null,
    retryAfter: retryAfter?.toISOString() ?? null,
  };
}

type LoggedHeaders = Pick<AttemptRecord, "signature" | "version" | "requestHeaders">;
const noHeaders: LoggedHeaders = { signature: null, version: null, requestHeaders: null };

/**
 * The headers that `requestHeaders` cannot rebuild: custom headers, with masked values, and signatures in headers of
 * their own.
 */
function loggedHeaders(request: SignedRequest): LoggedHeaders {
  const { signatures, customHeaders, traceparent } = request;
  const signature = signatures[signatureHeader];
  const made = signature === undefined ? requestHeaders({ ...request, customHeaders: {} }) : signatures;
  const kept: (readonly [name: string, value: string])[] = [];
  for (const name in customHeaders) kept.push([name, masked]);
  for (const name in made) {
    if (name !== signatureHeader) kept.push([name, made[name] ?? ""]);
  }
  if (traceparent) kept.push(["traceparent", traceparent]);
  return {
    signature: signature ?? null,
    version: signature === undefined ? null : request.version,
    // Including a custom header called __proto__, which an assignment would lose.
    requestHeaders: kept.length > 0 ? Object.fromEntries(kept) : null,
  };
}
