import type { insertSecret } from "@/db/queries/endpoint-secrets";
import type { SignatureKind } from "../core/endpoints";
import { validationFailed } from "../core/errors";
import { newId } from "../core/ids";
import { secretContext } from "../delivery/build-request";
import { encrypt } from "../platform/encrypt";
import { makeSecret } from "../signatures/make-secret";
import { publicKeyOf } from "../signatures/public-key";

/**
 * A row for a webhook's secret: one brought along, else a new one.
 *
 * @throws AppError `validation_failed` where the private key names a public key that is not its own
 */
export function newSecret(
  endpointId: string,
  kind: SignatureKind,
  given: string | undefined,
): Parameters<typeof insertSecret>[1] {
  const row = { id: newId(), endpointId, kind };
  if (kind === "jwt") return row;
  const secret = given ?? makeSecret(kind);
  const publicKey = kind === "ed25519" ? publicKeyOf(secret) : null;
  if (kind === "ed25519" && publicKey === null) {
    throw validationFailed([
      {
        path: "secret",
        message: "must end with the public key that belongs to its private key, or with none",
      },
    ]);
  }
  return { ...row, ciphertext: encrypt(secret, secretContext(endpointId)), publicKey };
}
