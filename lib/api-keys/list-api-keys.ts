import { findApiKeys } from "@/db/queries/api-keys";
import type { ApiKeyOutput } from "../contract/api-keys";
import { type Page, pageQuery } from "../contract/shared";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";

/** The workspace's keys that are not revoked, including expired ones, newest first. */
export async function listApiKeys({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof pageQuery>;
}): Promise<Page<ApiKeyOutput>> {
  authorize(ctx, "apiKeys:read");
  return pageFrom("apiKey", parseInput(pageQuery, input), async ({ limit, before }) => {
    const rows = await findApiKeys(ctx.db, { workspaceId: ctx.workspace.id, limit, before });
    return rows.map(presentApiKey);
  });
}

export function presentApiKey(row: Awaited<ReturnType<typeof findApiKeys>>[number]): ApiKeyOutput {
  return {
    ...row,
    id: toPublicId("apiKey", row.id),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
