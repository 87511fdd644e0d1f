import type { Transaction } from "@/db/connection/client";
import { expireSecrets, findEndpointSecrets, insertSecret, keepSecret } from "@/db/queries/endpoint-secrets";
import type { SignatureKind } from "../core/endpoints";
import { AppError } from "../core/errors";
import { signingSecretsMax } from "../core/signatures";
import type { Context } from "../verbs/context";
import { newSecret } from "./new-secret";

/**
 * Replaces a webhook's current secret, which signs beside the new one for so many hours; older ones end by then, too.
 * A change back to a kind that still signs keeps its secret, so undoing a change loses nothing. The caller's
 * transaction has locked the webhook's row.
 *
 * @param secret an imported one; generated if omitted
 * @throws AppError `limit_reached` if too many would sign at a time
 */
export async function replaceSecret(
  tx: Transaction,
  {
    ctx,
    endpointId,
    kind,
    secret,
    expireOldAfterHours,
  }: {
    ctx: Context;
    endpointId: string;
    kind: SignatureKind;
    secret: string | undefined;
    expireOldAfterHours: number;
  },
): Promise<void> {
  const ofEndpoint = { workspaceId: ctx.workspace.id, id: endpointId };
  const before = await findEndpointSecrets(tx, ofEndpoint);
  const takenBack =
    before[0]?.kind !== kind && secret === undefined ? before.find((one) => one.kind === kind) : undefined;
  await expireSecrets(tx, { endpointId, afterHours: expireOldAfterHours, exceptId: takenBack?.id });
  if (takenBack) return keepSecret(tx, takenBack.id);
  const signing = await findEndpointSecrets(tx, ofEndpoint);
  if (signing.length >= signingSecretsMax) {
    throw new AppError(
      "limit_reached",
      `Requests of this webhook are already signed with ${signing.length} secrets. Wait until one expires, or set expireOldAfterHours to 0 to end the old ones now.`,
    );
  }
  await insertSecret(tx, newSecret(endpointId, kind, secret));
}
