import { envelope } from "./envelope";

/** What the headers that Posthorn gives a request are made from. */
export type RequestFacts = {
  /** The delivery's, as the API shows it: the same over retries. */
  id: string;
  /** Of the event. */
  type: string;
  test: boolean;
  /** Of the attempt, from 1. */
  number: number;
  /** In seconds since 1970, as it is signed. */
  timestamp: number;
  /** The endpoint's own, by name in lower case. */
  customHeaders: Record<string, string>;
  /** By header name. */
  signatures: Record<string, string>;
  /** Of the attempt's trace, if there is one. */
  traceparent?: string | null;
  /** Of Posthorn. */
  version: string;
};

/**
 * The headers of a request, but for what the HTTP client adds: as they are sent, shown in the log, and shown before
 * anything is sent. Custom headers cannot override Posthorn's own.
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
