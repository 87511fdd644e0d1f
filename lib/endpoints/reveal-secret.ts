import { findEndpointSecrets } from "@/db/queries/endpoints";
import { change } from "../audit/change";
import type { Context } from "../context";
import { secretContext } from "../delivery/build-request";
import { notFound } from "../errors";
import { decrypt } from "../secrets/encrypt";
import { requireEndpoint } from "./get-endpoint";
import type { SecretOutput } from "./schemas";

/** The signing secret, and those that still sign beside it. Each reveal is in the audit log. */
export async function revealSecret({ ctx, id }: { ctx: Context; id: string }): Promise<SecretOutput> {
  return change({ ctx, scope: "secrets:read", action: "endpoint.reveal_secret" }, async (tx) => {
    const endpoint = await requireEndpoint(ctx, tx, id);
    const rows = await findEndpointSecrets(tx, { workspaceId: ctx.workspace.id, id: endpoint.id });
    const secrets = rows.map((row) => ({
      secret: decrypt(row.ciphertext, secretContext(endpoint.id)),
      expiresAt: row.expiresAt,
    }));
    const current = secrets.find((secret) => secret.expiresAt === null);
    if (!current) throw notFound("signing secret");
    const expiring = secrets.flatMap(({ secret, expiresAt }) =>
      expiresAt ? [{ secret, expiresAt: expiresAt.toISOString() }] : [],
    );
    return { result: { secret: current.secret, expiring }, targetId: endpoint.id };
  });
}
