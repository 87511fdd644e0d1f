import type { KeyObject } from "node:crypto";
import type { ClaimedDelivery, ClaimedSecret } from "@/db/queries/claim-deliveries";
import type { AttemptRecord } from "@/db/queries/record-attempts";
import packageJson from "../../package.json" with { type: "json" };
import { toPublicId } from "../core/ids";
import type { SecretKind } from "../core/signatures";
import { decrypt } from "../platform/encrypt";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { importKey } from "../signatures/import-key";
import { instanceKey } from "../signatures/instance-key";
import { type Signer, sign } from "../signatures/sign";
import { AttemptFailure } from "./attempt-failure";
import { echoMask, masked } from "./echo/mask-echoes";
import { ownHeaders, signedSecond } from "./own-headers";
import { remember } from "./remember";
import type { AttemptResult } from "./send-attempt";

const { version } = packageJson;

/**
 * The headers of one attempt, signed anew: `webhook-timestamp` is when this attempt is sent, so that a retry days
 * later passes a receiver's five-minute tolerance. Custom headers cannot override Posthorn's own.
 *
 * @throws AttemptFailure `signing_failed` where a header or the current secret cannot be opened
 */
export async function buildHeaders(
  delivery: ClaimedDelivery,
  signedAt: Date,
): Promise<Record<string, string>> {
  const { signers, custom, audience } = await keyRing(delivery);
  const { id: deliveryId, type, test, body } = delivery;
  const id = toPublicId("delivery", deliveryId);
  const signature = await sign(signers, { id, timestamp: signedSecond(signedAt), body, ...audience });
  const number = delivery.attempts + 1;
  return { ...custom, ...ownHeaders({ deliveryId, type, test, number, signedAt, signature, version }) };
}

/**
 * What the log keeps of the headers that were sent: what they cannot be made from again (see `ownHeaders`), and of
 * custom ones the names alone, for a value may be a credential.
 */
export function loggedHeaders(
  delivery: ClaimedDelivery,
  sent: Record<string, string>,
): Pick<AttemptRecord, "signature" | "version" | "requestHeaders"> {
  const signature = sent["webhook-signature"] ?? null;
  const names = Object.keys(customHeaders(delivery, sent));
  return {
    signature,
    version: signature === null ? null : version,
    requestHeaders: names.length > 0 ? Object.fromEntries(names.map((name) => [name, masked])) : null,
  };
}

/** What the log keeps of an attempt's result: not the values of custom headers that the receiver echoes. */
export function loggedResult(
  delivery: ClaimedDelivery,
  sent: Record<string, string>,
  result: AttemptResult,
): AttemptResult {
  return echoMask(customHeaders(delivery, sent))(result);
}

function customHeaders({ headers }: ClaimedDelivery, sent: Record<string, string>): Record<string, string> {
  const custom = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  // Also one that is called __proto__, which an assignment would lose.
  return Object.fromEntries(Object.entries(sent).filter(([name]) => custom.has(name)));
}

/** What the requests to an endpoint have in common, decrypted. */
type KeyRing = {
  signers: Signer[];
  custom: Record<string, string>;
  audience: { issuer: string; endpointId: string; workspaceId: string };
};

/** Deliveries of an endpoint that were claimed together share the list of their secrets. */
const keyRings = new WeakMap<ClaimedSecret[], Promise<KeyRing>>();

function keyRing(delivery: ClaimedDelivery): Promise<KeyRing> {
  const known = keyRings.get(delivery.secrets);
  if (known) return known;
  const made = makeKeyRing(delivery);
  keyRings.set(delivery.secrets, made);
  return made;
}

async function makeKeyRing({ secrets, headers, endpointId, workspaceId }: ClaimedDelivery): Promise<KeyRing> {
  const custom = Object.entries(headers).map(([name, value]) => {
    try {
      return [name.toLowerCase(), openHeader(value, headerContext(endpointId))] as const;
    } catch (error) {
      throw unprepared(`The value of the header ${name} cannot be decrypted`, error);
    }
  });
  return {
    signers: await signersOf(secrets, endpointId),
    custom: Object.fromEntries(custom),
    audience: {
      issuer: settings().appUrl,
      endpointId: toPublicId("endpoint", endpointId),
      workspaceId: toPublicId("workspace", workspaceId),
    },
  };
}

/** An expiring secret that cannot be opened is left out, so that rotating mends what a damaged one broke. */
async function signersOf([current, ...expiring]: ClaimedSecret[], endpointId: string): Promise<Signer[]> {
  if (!current) throw new AttemptFailure("signing_failed", "The webhook has no signing secret");
  const signers: Signer[] = [];
  try {
    signers.push(await signerOf(current, endpointId));
  } catch (error) {
    throw unprepared("The signing secret cannot be used", error);
  }
  for (const secret of expiring) {
    try {
      signers.push(await signerOf(secret, endpointId));
    } catch (error) {
      log().warn({ error, endpoint: endpointId }, "an expiring secret cannot be used; it signs nothing");
    }
  }
  return signers;
}

/** The error with what it kept from being done; its cause stays known, for it may be the database's. */
function unprepared(what: string, cause: unknown): AttemptFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AttemptFailure("signing_failed", `${what}: ${reason}`, { cause });
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
