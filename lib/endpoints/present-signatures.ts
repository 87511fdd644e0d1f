import type { Queryable } from "@/db/connection/client";
import { findSignatures } from "@/db/queries/endpoint-secrets";
import type { EndpointOutput } from "../contract/endpoints";
import type { SignatureKind } from "../core/endpoints";
import { describeDatabaseError } from "../platform/describe-database-error";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { signatures } from "../signatures/signatures";

type Signatures = Pick<EndpointOutput, "publicKey" | "jwksUrl" | "expiringSignatures">;

/** The public data of webhooks' signatures, by webhook id: how they are verified, and what expires. */
export async function presentSignatures(
  db: Queryable,
  endpointIds: string[],
): Promise<(endpointId: string) => Signatures> {
  const rows = await findSignatures(db, endpointIds);
  const kinds = new Set(rows.flatMap(({ kind, expiresAt }) => (expiresAt ? [] : [kind])));
  const ofInstallation = new Map<SignatureKind, Pick<Signatures, "publicKey" | "jwksUrl">>();
  for (const kind of kinds) {
    const { installation } = signatures[kind];
    if (!installation) continue;
    const jwksUrl = settings().appUrl + installation.keysPath;
    ofInstallation.set(kind, { publicKey: await readable(installation.publicKey()), jwksUrl });
  }
  return (endpointId) => {
    const own = rows.filter((row) => row.endpointId === endpointId);
    const current = own.find((row) => !row.expiresAt);
    return {
      publicKey: current?.publicKey ?? null,
      jwksUrl: null,
      ...(current && ofInstallation.get(current.kind)),
      expiringSignatures: own.flatMap(({ kind, expiresAt }) =>
        expiresAt ? [{ signature: kind, expiresAt: expiresAt.toISOString() }] : [],
      ),
    };
  };
}

/**
 * A secret that cannot be decrypted does not keep the webhook from being shown; its requests fail with
 * `signing_failed`.
 */
async function readable(publicKey: Promise<string>): Promise<string | null> {
  try {
    return await publicKey;
  } catch (error) {
    if (describeDatabaseError(error)) throw error;
    log().error({ error }, "the installation's key cannot be used");
    return null;
  }
}
