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

/** A request as it is sent. */
export type SignedRequest = PreparedRequest & {
  headers: Record<string, string>;
  /** By header name. */
  signatures: Record<string, string>;
  /** Of Posthorn. */
  version: string;
};

/**
 * Signs a request with what its endpoint signs with now.
 *
 * @throws AttemptFailure `signing_failed` if the current secret cannot be used, for it may be the only one a receiver has
 */
export async function sign(
  request: PreparedRequest,
  { secrets, endpointId, workspaceId }: Pick<ClaimedDelivery, "secrets" | "endpointId" | "workspaceId">,
): Promise<SignedRequest> {
  const made = await makeSignatures(await signersOf(secrets, endpointId), {
    id: request.id,
    timestamp: request.timestamp,
    body: request.body,
    issuer: settings().appUrl,
    endpointId: toPublicId("endpoint", endpointId),
    workspaceId: toPublicId("workspace", workspaceId),
  });
  const signed = { ...request, signatures: made, version: packageJson.version };
  return { ...signed, headers: requestHeaders(signed) };
}

/** An expiring secret that cannot be opened is left out, so that rotating repairs a webhook whose secret is damaged. */
async function signersOf([current, ...expiring]: ClaimedSecret[], endpointId: string): Promise<Signer[]> {
  if (!current) throw new AttemptFailure("signing_failed", "The webhook has no signing secret");
  const signers: Signer[] = [];
  try {
    signers.push(await signerOf(current, endpointId));
  } catch (error) {
    throw AttemptFailure.unprepared("The signing secret cannot be used", error);
  }
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

async function signerOf({ kind, ciphertext }: ClaimedSecret, endpointId: string): Promise<Signer> {
  const { secret, installation } = signatures[kind];
  if (!secret) return installation.signer();
  return signersKept(`${kind} ${endpointId} ${ciphertext}`, () =>
    secret.signer(decryptSecret(endpointId, ciphertext ?? "")),
  );
}
