import type { insertSecret } from "@/db/queries/endpoint-secrets";
import type { SignatureKind } from "../core/endpoints";
import { validationFailed } from "../core/errors";
import { newId } from "../core/ids";
import { encryptSecret } from "../signatures/endpoint-secret";
import { signatures } from "../signatures/signatures";

/**
 * A row for a webhook's secret: an imported one, otherwise a new one.
 *
 * @throws AppError `validation_failed` if the kind of signature cannot use the imported one
 */
export function newSecret(
  endpointId: string,
  kind: SignatureKind,
  given: string | undefined,
): Parameters<typeof insertSecret>[1] {
  const row = { id: newId(), endpointId, kind };
  const { secret: own } = signatures[kind];
  if (!own) return row;
  const secret = given ?? own.make();
  const problem = own.problem(secret);
  if (problem) throw validationFailed([{ path: "secret", message: problem }]);
  return { ...row, ciphertext: encryptSecret(endpointId, secret), publicKey: own.publicKey(secret) };
}
