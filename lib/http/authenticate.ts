import { LRUCache } from "lru-cache";
import { database } from "@/db/connection/database";
import { touchApiKey } from "@/db/queries/api-keys";
import { findMemberships } from "@/db/queries/users";
import { findWorkspaceOfFormerSlug } from "@/db/queries/workspaces";
import { findApiKey } from "../api-keys/find-api-key";
import { hashApiKey } from "../api-keys/hash-api-key";
import { noteSession } from "../auth/note-session";
import { sessionUser } from "../auth/session-user";
import { AppError, notFound } from "../core/errors";
import { scopesIn } from "../core/roles";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import type { Context } from "../verbs/context";
import type { ApiRequest } from "./api-request";
import { networkHeader } from "./client-network";
import { cookiesOf } from "./cookies-of";
import { limitWrongKeys, noteKey } from "./limit-wrong-keys";
import { isSameOrigin } from "./own-origin";

/**
 * Authenticates a request: by an API key, or by the dashboard's session with the header `x-workspace`.
 *
 * @throws AppError `unauthenticated`; `forbidden` for a session's request from another origin; `not_found` for a
 *   workspace that is not the user's
 */
export async function authenticate(request: ApiRequest): Promise<Context> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return contextOfKey(authorization, request.headers.get(networkHeader));
  if (request.headers.get("cookie") !== null) return contextOfSession(request);
  throw new AppError("unauthenticated", "Send an API key: `Authorization: Bearer phk_…`.");
}

async function contextOfKey(authorization: string, network: string | null): Promise<Context> {
  const key = /^Bearer (phk_\S+)$/i.exec(authorization)?.[1];
  if (!key) throw new AppError("unauthenticated", "The header must be `Authorization: Bearer phk_…`.");
  const hash = hashApiKey(key);
  limitWrongKeys(network, hash);
  const found = await findApiKey(hash);
  noteKey(network, hash, found !== null);
  if (!found) {
    throw new AppError("unauthenticated", "This API key does not exist, was revoked or has expired.");
  }
  noteUse(found.id, network);
  const { id, name, scopes, workspace } = found;
  return { workspace, actor: { type: "api_key", id, name, scopes }, db: database().db };
}

const notedLately = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

/** Records when and from where it was last used, to the minute, without waiting for it. */
function noteUse(id: string, from: string | null): void {
  if (notedLately.has(id)) return;
  notedLately.set(id, true);
  touchApiKey(database().db, id, from).catch((error: unknown) =>
    log().warn({ error }, "the last use of an API key could not be recorded"),
  );
}

async function contextOfSession(request: ApiRequest): Promise<Context> {
  const cookies = cookiesOf(request);
  const user = await sessionUser((name) => cookies.get(name));
  if (!user) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  if (!isSameOrigin(request))
    throw new AppError(
      "forbidden",
      `A session can only be used by the dashboard itself, at ${settings().appUrl}.`,
    );
  noteSession(user.sessionId, request.headers.get(networkHeader));
  const slug = request.headers.get("x-workspace");
  if (!slug) throw new AppError("unauthenticated", "Send the workspace's slug as `x-workspace`.");
  const { db } = database();
  const memberships = await findMemberships(db, user.id);
  const membership = memberships.find((one) => one.slug === slug) ?? (await byFormerSlug(slug, memberships));
  if (!membership) throw notFound("workspace");
  const { id, name, role } = membership;
  return {
    workspace: { id, slug: membership.slug, name },
    actor: { type: "user", id: user.id, name: user.name, role, scopes: scopesIn(role, membership) },
    db,
  };
}

/** A tab that was open while the slug changed continues to use the previous one. */
async function byFormerSlug<T extends { id: string }>(
  slug: string,
  memberships: T[],
): Promise<T | undefined> {
  if (memberships.length === 0) return undefined;
  const id = await findWorkspaceOfFormerSlug(database().db, slug);
  return memberships.find((one) => one.id === id);
}
