import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import { toPublicId } from "../core/ids";
import { decryptHeaders } from "./custom-headers";

/** A request before it is signed. */
export type PreparedRequest = {
  url: string;
  /** As sent, byte for byte. */
  body: string;
  /** The endpoint's custom headers, by name in lower case. */
  customHeaders: Record<string, string>;
  /** `webhook-id` */
  id: string;
  /** `webhook-timestamp`: seconds since 1970. */
  timestamp: number;
  type: string;
  test: boolean;
  /** The number of the attempt, from 1. */
  number: number;
  /** `null` for no trace */
  traceparent: string | null;
};

/**
 * The request of one attempt of a delivery, as part of a trace if a `traceparent` is given. Its timestamp is the
 * attempt's, so that a retry days later is within a receiver's five-minute tolerance.
 *
 * @throws AttemptFailure `signing_failed` if a custom header cannot be decrypted
 */
export function prepare(delivery: ClaimedDelivery, at: Date, traceparent: string | null): PreparedRequest {
  const { url, body, type, test, attempts, endpointId, headers } = delivery;
  return {
    url,
    body,
    customHeaders: decryptHeaders(endpointId, headers),
    id: toPublicId("delivery", delivery.id),
    timestamp: Math.floor(at.getTime() / 1_000),
    type,
    test,
    number: attempts + 1,
    traceparent,
  };
}
