import type { KeyObject } from "node:crypto";
import type { ClaimedDelivery, ClaimedSecret } from "@/db/queries/claim-deliveries";
import packageJson from "../../package.json" with { type: "json" };
import { settings } from "../env";
import { toPublicId } from "../ids";
import { decrypt } from "../secrets/encrypt";
import type { SecretKind } from "../signatures/constants";
import { importKey } from "../signatures/import-key";
import { instanceKey } from "../signatures/instance-key";
import { type Signer, sign } from "../signatures/sign";
import { remember } from "./remember";

const userAgent = `Posthorn/${packageJson.version}`;

/**
 * The headers of one attempt, signed anew: `webhook-timestamp` is when this attempt is sent, so that a retry days
 * later passes a receiver's five-minute tolerance. Custom headers cannot override Posthorn's own.
 */
export async function buildHeaders(delivery: ClaimedDelivery, now: Date): Promise<Record<string, string>> {
  const id = toPublicId("delivery", delivery.id);
  const timestamp = Math.floor(now.getTime() / 1000);
  const signers = await Promise.all(delivery.secrets.map((secret) => signerOf(secret, delivery.endpointId)));
  const custom = Object.entries(delivery.headers).map(
    ([name, value]) => [name.toLowerCase(), openHeader(value, headerContext(delivery.endpointId))] as const,
  );
  return {
    ...Object.fromEntries(custom),
    "content-type": "application/json",
    "user-agent": userAgent,
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await sign(signers, {
      id,
      timestamp,
      body: delivery.body,
      issuer: settings().appUrl,
      endpointId: toPublicId("endpoint", delivery.endpointId),
      workspaceId: toPublicId("workspace", delivery.workspaceId),
    }),
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
  if (custom.size === 0) return sent;
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, custom.has(name) ? "••••••" : value]),
  );
}

export const secretContext = (endpointId: string) => `endpoint-secret:${endpointId}`;
export const headerContext = (endpointId: string) => `endpoint-header:${endpointId}`;

const openedMax = 2_000;
const openHeader = remember(openedMax, decrypt);
const keys: Record<SecretKind, (ciphertext: string, context: string) => KeyObject> = {
  hmac: remember(openedMax, (...secret) => importKey("hmac", decrypt(...secret))),
  ed25519: remember(openedMax, (...secret) => importKey("ed25519", decrypt(...secret))),
};

async function signerOf(secret: ClaimedSecret, endpointId: string): Promise<Signer> {
  if (secret.kind === "jwt") return { kind: "jwt", key: await instanceKey() };
  const key = keys[secret.kind](secret.ciphertext ?? "", secretContext(endpointId));
  return { kind: secret.kind, key };
}
