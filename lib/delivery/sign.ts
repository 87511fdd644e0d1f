import type { ClaimedDelivery, ClaimedSecret } from "@/db/queries/claim-deliveries";
import packageJson from "../../package.json" with { type: "json" };
import { toPublicId } from "../core/ids";
import { requestHeaders } from "../core/request-headers";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { decryptSecret } from "../signatures/endpoint-secret";
import { sign as makeSignatures } from "../signatures/sign";
import type { Signer } from "../signatures/signature";
import { signatures } from "../signatures/signatures";
import { AttemptFailure } from "./attempt-failure";
import { memoize } from "./memoize";
import type { PreparedRequest } from "./prepare";

const { version } = packageJson;
const none: Record<string, string> = Object.freeze({});

/** A request as sent. */
export type SignedRequest = PreparedRequest & {
  headers: Record<string, string>;
  /** By header name. */
  signatures: Record<string, string>;
  /** The version of Posthorn. */
  version: string;
};

/**
 * Signs a request with its endpoint's present secrets.
 *
 * @throws AttemptFailure `signing_failed` if the current secret cannot be used, because it may be the only one that
 *   the receiver has
 */
export async function sign(
  request: PreparedRequest,
  { secrets, endpointId, workspaceId }: Pick<ClaimedDelivery, "secrets" | "endpointId" | "workspaceId">,
): Promise<SignedRequest> {
  const { url, body, customHeaders, id, timestamp, type, test, number, traceparent } = request;
  const by = signersOf(secrets, endpointId);
  const making = makeSignatures(Array.isArray(by) ? by : await by, {
    id,
    timestamp,
    body,
    issuer: settings().appUrl,
    get endpointId() {
      return toPublicId("endpoint", endpointId);
    },
    get workspaceId() {
      return toPublicId("workspace", workspaceId);
    },
  });
  const made = making instanceof Promise ? await making : making;
  // Field by field: fields after a spread are added one by one, which is several times slower.
  const signed: SignedRequest = {
    url,
    body,
    customHeaders,
    id,
    timestamp,
    type,
    test,
    number,
    traceparent,
    signatures: made,
    version,
    headers: none,
  };
  signed.headers = requestHeaders(signed);
  return signed;
}

/** One secret of their own, as most webhooks have, signs synchronously. */
function signersOf(secrets: ClaimedSecret[], endpointId: string): Signer[] | Promise<Signer[]> {
  const [current, ...expiring] = secrets;
  if (!current) throw new AttemptFailure("signing_failed", "The webhook has no signing secret");
  try {
    const signer = signerOf(current, endpointId);
    if (expiring.length === 0 && !(signer instanceof Promise)) return [signer];
    return withExpiring(Promise.resolve(signer).catch(refuseCurrent), expiring, endpointId);
  } catch (error) {
    return refuseCurrent(error);
  }
}

function refuseCurrent(error: unknown): never {
  throw AttemptFailure.unprepared("The signing secret cannot be used", error);
}

/**
 * An expiring secret that cannot be decrypted is skipped, so that rotating repairs a webhook whose secret is damaged.
 */
async function withExpiring(
  current: Promise<Signer>,
  expiring: ClaimedSecret[],
  endpointId: string,
): Promise<Signer[]> {
  const signers = [await current];
  for (const secret of expiring) {
    try {
      signers.push(await signerOf(secret, endpointId));
    } catch (error) {
      log().warn(
        { error, endpoint: endpointId },
        "an expiring secret cannot be used, so requests are not signed with it",
      );
    }
  }
  return signers;
}

const signersMax = 2_000;
const signersKept = memoize<Signer>(signersMax);

function signerOf({ kind, ciphertext }: ClaimedSecret, endpointId: string): Signer | Promise<Signer> {
  const { secret, installation } = signatures[kind];
  if (!secret) return installation.signer();
  return signersKept(`${kind} ${endpointId} ${ciphertext}`, () =>
    secret.signer(decryptSecret(endpointId, ciphertext ?? "")),
  );
}
