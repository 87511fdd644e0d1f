import { toPublicId } from "../core/ids";

/** What the headers that Posthorn gives a request are made from. */
export type RequestFacts = {
  deliveryId: string;
  /** Of the event. */
  type: string;
  test: boolean;
  /** Of the attempt, from 1. */
  number: number;
  /** When it was signed: `webhook-timestamp` is its second. */
  signedAt: Date;
  signature: string;
  /** Of Posthorn. */
  version: string;
};

/** In seconds since 1970, as it is signed. */
export const signedSecond = (signedAt: Date) => Math.floor(signedAt.getTime() / 1000);

/** The headers of a request but for the custom ones: as it is sent, and made again for the log. */
export function ownHeaders(request: RequestFacts): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": `Posthorn/${request.version}`,
    "webhook-id": toPublicId("delivery", request.deliveryId),
    "webhook-timestamp": String(signedSecond(request.signedAt)),
    "webhook-signature": request.signature,
    "posthorn-event-type": request.type,
    "posthorn-attempt": String(request.number),
    ...(request.test ? { "posthorn-test": "1" } : {}),
  };
}
