import { envelope } from "./envelope";

/** The data from which a request's headers are made. */
export type RequestFacts = {
  /** The delivery's id as shown by the API, the same over retries. */
  id: string;
  /** The event's type. */
  type: string;
  test: boolean;
  /** The number of the attempt, from 1. */
  number: number;
  /** Seconds since 1970, as signed. */
  timestamp: number;
  /** The endpoint's custom headers, by name in lower case. */
  customHeaders: Record<string, string>;
  /** Signatures by header name. */
  signatures: Record<string, string>;
  /** The attempt's trace, if there is one. */
  traceparent?: string | null;
  /** The version of Posthorn. */
  version: string;
};

/**
 * The headers of a request, without those that the HTTP client adds: as sent, as shown in the log, and as shown
 * before anything is sent. Custom headers cannot override Posthorn's own.
 */
export function requestHeaders(request: RequestFacts): Record<string, string> {
  const { customHeaders, signatures, test, traceparent } = request;
  const headers: Record<string, string> = { ...customHeaders };
  headers["content-type"] = envelope.contentType;
  headers["user-agent"] = `Posthorn/${request.version}`;
  headers["webhook-id"] = request.id;
  headers["webhook-timestamp"] = String(request.timestamp);
  for (const name in signatures) headers[name] = signatures[name] ?? "";
  headers["posthorn-event-type"] = request.type;
  headers["posthorn-attempt"] = String(request.number);
  if (test) headers["posthorn-test"] = "1";
  if (traceparent) headers.traceparent = traceparent;
  return headers;
}
