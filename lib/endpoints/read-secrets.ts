import type { Queryable } from "@/db/client";
import { findEndpointSecrets } from "@/db/queries/endpoint-secrets";
import type { Context } from "../context";
import { secretContext } from "../delivery/build-request";
import { notFound } from "../errors";
import { decrypt } from "../secrets/encrypt";
import { presentSignatures } from "./present-signatures";
import type { SecretOutput } from "./schemas";

/** What a webhook's requests are signed with, in the clear: for verbs that reveal it. */
export async function readSecrets(ctx: Context, db: Queryable, endpointId: string): Promise<SecretOutput> {
  const rows = await findEndpointSecrets(db, { workspaceId: ctx.workspace.id, id: endpointId });
  const [current, ...old] = rows.map(({ kind, ciphertext, expiresAt }) => ({
    signature: kind,
    secret: ciphertext && decrypt(ciphertext, secretContext(endpointId)),
    expiresAt,
  }));
  if (!current || current.expiresAt) throw notFound("signing secret");
  const { publicKey, jwksUrl } = (await presentSignatures(db, [endpointId]))(endpointId);
  return {
    secret: current.secret,
    publicKey,
    jwksUrl,
    expiring: old.flatMap(({ expiresAt, ...one }) =>
      expiresAt ? [{ ...one, expiresAt: expiresAt.toISOString() }] : [],
    ),
  };
}
