import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import packageJson from "../../package.json" with { type: "json" };
import { toPublicId } from "../ids";
import { decrypt } from "../secrets/encrypt";
import { sign } from "../signatures/sign";

const userAgent = `Posthorn/${packageJson.version}`;

/**
 * The headers of one attempt, signed anew: `webhook-timestamp` is when this attempt is sent, so that a retry days
 * later passes a receiver's five-minute tolerance. Custom headers cannot override Posthorn's own.
 */
export function buildHeaders(delivery: ClaimedDelivery, now: Date): Record<string, string> {
  const id = toPublicId("delivery", delivery.id);
  const timestamp = Math.floor(now.getTime() / 1000);
  const secrets = delivery.secrets.map((secret) => open(secret, secretContext(delivery.endpointId)));
  const custom = Object.entries(delivery.headers).map(
    ([name, value]) => [name.toLowerCase(), open(value, headerContext(delivery.endpointId))] as const,
  );
  return {
    ...Object.fromEntries(custom),
    "content-type": "application/json",
    "user-agent": userAgent,
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": sign(delivery.signature, { secrets, id, timestamp, body: delivery.body }),
    "posthorn-event-type": delivery.type,
    "posthorn-attempt": String(delivery.attempts + 1),
    ...(delivery.test ? { "posthorn-test": "1" } : {}),
  };
}

/** What the log keeps of the headers that were sent: a custom header's value may be a credential. */
export function loggedHeaders(
  delivery: ClaimedDelivery,
  sent: Record<string, string>,
): Record<string, string> {
  const custom = new Set(Object.keys(delivery.headers).map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, custom.has(name) ? "••••••" : value]),
  );
}

export const secretContext = (endpointId: string) => `endpoint-secret:${endpointId}`;
export const headerContext = (endpointId: string) => `endpoint-header:${endpointId}`;

const opened = new Map<string, string>();
const openedMax = 2_000;

/** Decrypts, remembering the latest: one endpoint's deliveries share their secrets. */
function open(ciphertext: string, context: string): string {
  const key = `${context} ${ciphertext}`;
  const known = opened.get(key);
  if (known !== undefined) return known;
  const plaintext = decrypt(ciphertext, context);
  if (opened.size >= openedMax) opened.clear();
  opened.set(key, plaintext);
  return plaintext;
}
