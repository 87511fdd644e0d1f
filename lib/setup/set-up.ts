import type { z } from "zod";
import { database } from "@/db/connection/database";
import { insertApiKey } from "@/db/queries/api-keys";
import { insertEventTypes } from "@/db/queries/event-types";
import { anyUserExists, insertUser, lockSetup } from "@/db/queries/users";
import { findSlugsLike, insertMembership, insertWorkspace } from "@/db/queries/workspaces";
import { apiKeyHint, hashApiKey } from "../api-keys/hash-api-key";
import { hashPassword } from "../auth/password";
import { requireGoodPassword } from "../auth/require-good-password";
import type { setupInput } from "../contract/setup";
import { type ApiKeyScope, apiKeyScopes } from "../core/api-keys";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { endpointLimitDefault } from "../core/workspaces";
import { sampleCatalogue } from "../event-types/sample-catalogue";
import type { Origin, WorkspaceRef } from "../verbs/context";
import { type AuditSource, writeAudit } from "../verbs/write-audit";
import { freeSlug } from "../workspaces/free-slug";

/**
 * Creates the first owner and workspace, once: a second call is a conflict, even if both come at once.
 *
 * @param options.endpointLimit the most webhooks of the workspace
 * @param options.scopes the scopes of the first key
 * @param options.apiKey the workspace's first key, created in the same transaction: a process killed between the two
 *   would leave an installation that is set up without its key
 * @param options.by the actor for the audit log; by default the new owner
 * @throws AppError `conflict`; `validation_failed` for a password that is too common
 */
export async function setUp(
  input: z.output<typeof setupInput>,
  {
    endpointLimit = endpointLimitDefault,
    apiKey = null,
    scopes = apiKeyScopes,
    by,
    origin,
  }: {
    endpointLimit?: number;
    apiKey?: string | null;
    scopes?: readonly ApiKeyScope[];
    by?: AuditSource["actor"];
    origin?: Origin;
  } = {},
): Promise<{ workspace: WorkspaceRef; userId: string }> {
  if (await anyUserExists(database().db)) throw alreadySetUp();
  await requireGoodPassword(input.password, "password", input);
  const passwordHash = await hashPassword(input.password);
  return database().db.transaction(async (tx) => {
    await lockSetup(tx);
    if (await anyUserExists(tx)) throw alreadySetUp();
    const userId = newId();
    // The person who sets an instance up may choose their name.
    const emailVerifiedAt = new Date();
    await insertUser(tx, {
      id: userId,
      email: input.email,
      emailVerifiedAt,
      name: input.name,
      passwordHash,
      isOperator: true,
    });
    const slug = freeSlug(input.workspace, (base) => findSlugsLike(tx, base));
    const workspace = { id: newId(), slug: await slug, name: input.workspace };
    await insertWorkspace(tx, { ...workspace, endpointLimit });
    await insertMembership(tx, { workspaceId: workspace.id, userId, role: "owner" });
    if (input.sampleCatalogue) {
      await insertEventTypes(
        tx,
        sampleCatalogue.map((type) => ({
          workspaceId: workspace.id,
          name: type.name,
          description: type.description,
          example: JSON.stringify(type.example, null, 2),
        })),
      );
    }
    const source = {
      workspaceId: workspace.id,
      actor: by ?? { type: "user", id: userId, name: input.name },
      origin,
    } as const;
    await writeAudit(tx, { ...source, workspaceId: null }, "user.create", {
      targetId: userId,
      targetName: input.name,
      details: { isOperator: true },
    });
    await writeAudit(tx, source, "workspace.create", {
      targetId: workspace.id,
      targetName: workspace.name,
      details: {
        slug: workspace.slug,
        sampleEventTypes: input.sampleCatalogue ? sampleCatalogue.length : 0,
      },
    });
    if (apiKey) {
      const id = newId();
      await insertApiKey(tx, {
        id,
        workspaceId: workspace.id,
        name: "Bootstrap",
        hash: hashApiKey(apiKey),
        hint: apiKeyHint(apiKey),
        scopes: [...scopes],
        createdBy: userId,
      });
      await writeAudit(tx, source, "api_key.create", {
        targetId: id,
        targetName: "Bootstrap",
        details: { scopes: [...scopes] },
      });
    }
    return { workspace, userId };
  });
}

export function alreadySetUp(): AppError {
  return new AppError("conflict", "Posthorn is already set up. Sign in instead.");
}
