import type { Queryable } from "@/db/connection/client";
import { findEndpointSecrets } from "@/db/queries/endpoint-secrets";
import type { SecretOutput } from "../contract/endpoints";
import { AppError, notFound } from "../core/errors";
import { decryptSecret } from "../signatures/endpoint-secret";
import type { Context } from "../verbs/context";
import { presentSignatures } from "./present-signatures";

/**
 * A webhook's signing secrets in clear text, for verbs that reveal them. An expiring secret that cannot be decrypted
 * is left out, because it signs nothing.
 *
 * @throws AppError `conflict` if the current one cannot be decrypted
 */
export async function readSecrets(ctx: Context, db: Queryable, endpointId: string): Promise<SecretOutput> {
  const rows = await findEndpointSecrets(db, { workspaceId: ctx.workspace.id, id: endpointId });
  const [current, ...old] = rows.map(({ kind, ciphertext, expiresAt }) => ({
    signature: kind,
    secret: open(ciphertext, { endpointId, isCurrent: expiresAt === null }),
    expiresAt,
  }));
  if (current?.secret === undefined || current.expiresAt) throw notFound("signing secret");
  const { publicKey, jwksUrl } = (await presentSignatures(db, [endpointId]))(endpointId);
  return {
    secret: current.secret,
    publicKey,
    jwksUrl,
    expiring: old.flatMap(({ expiresAt, signature, secret }) =>
      expiresAt && secret !== undefined ? [{ signature, secret, expiresAt: expiresAt.toISOString() }] : [],
    ),
  };
}

function open(
  ciphertext: string | null,
  { endpointId, isCurrent }: { endpointId: string; isCurrent: boolean },
): string | null | undefined {
  try {
    return ciphertext === null ? null : decryptSecret(endpointId, ciphertext);
  } catch (error) {
    if (!isCurrent) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("conflict", `The secret cannot be decrypted: ${reason}. Rotate it to get a new one.`);
  }
}
