import type { SecretOutput } from "../contract/endpoints";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { requireEndpoint } from "./get-endpoint";
import { readSecrets } from "./read-secrets";

/** The signing secret, and those that still sign beside it. Each reveal is recorded in the audit log. */
export async function revealSecret({ ctx, id }: { ctx: Context; id: string }): Promise<SecretOutput> {
  return withAudit({ ctx, scope: "secrets:read", action: "endpoint.reveal_secret" }, async (tx) => {
    const endpoint = await requireEndpoint(ctx, tx, id);
    const result = await readSecrets(ctx, tx, endpoint.id);
    return { result, targetId: endpoint.id, targetName: endpoint.name };
  });
}
