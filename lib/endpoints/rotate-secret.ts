import { updateEndpoint } from "@/db/queries/endpoints";
import type { SecretOutput } from "../contract/endpoints";
import { rotateSecretInput, secretProblem } from "../contract/signatures";
import { AppError, validationFailed } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { signatures } from "../signatures/signatures";
import { authorize, type Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { requireEndpoint } from "./get-endpoint";
import { readSecrets } from "./read-secrets";
import { replaceSecret } from "./replace-secret";

/**
 * Replaces the signing secret with a new or an imported one. The old one signs beside it for so many hours, so that a
 * receiver can be changed meanwhile; with 0 it ends at once, as for a leaked secret.
 *
 * @throws AppError `conflict` if requests are signed with the installation's key, `limit_reached` if too many secrets
 *   would sign at a time
 */
export async function rotateSecret({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof rotateSecretInput>;
}): Promise<SecretOutput> {
  // The answer contains the new secret.
  authorize(ctx, "secrets:read");
  const wanted = parseInput(rotateSecretInput, input);
  return withAudit({ ctx, scope: "endpoints:write", action: "endpoint.rotate_secret" }, async (tx) => {
    const { id: endpointId } = await requireEndpoint(ctx, tx, id);
    // Locks the row, so that rotations of one webhook run one after another.
    await updateEndpoint(tx, { workspaceId: ctx.workspace.id, id: endpointId, set: {} });
    const { signature: kind, name } = await requireEndpoint(ctx, tx, id);
    if (!signatures[kind].secret) {
      throw new AppError(
        "conflict",
        "Its requests are signed with the installation's key, so it has no secret to rotate.",
      );
    }
    const { secret, expireOldAfterHours } = wanted;
    const problem = secretProblem(kind, wanted);
    if (problem) throw validationFailed([problem]);
    await replaceSecret(tx, { ctx, endpointId, kind, secret, expireOldAfterHours });
    return {
      result: await readSecrets(ctx, tx, endpointId),
      targetId: endpointId,
      targetName: name,
      details: { expireOldAfterHours, imported: secret !== undefined },
    };
  });
}
