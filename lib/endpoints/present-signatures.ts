import type { Queryable } from "@/db/connection/client";
import { findSignatures } from "@/db/queries/endpoint-secrets";
import type { EndpointOutput } from "../contract/endpoints";
import { jwksPath } from "../core/signatures";
import { describeDatabaseError } from "../platform/describe-database-error";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { instanceKey } from "../signatures/instance-key";

type Signatures = Pick<EndpointOutput, "publicKey" | "jwksUrl" | "expiringSignatures">;

/** What may be shown of the signatures of webhooks, by their ids: how they are verified, and what expires. */
export async function presentSignatures(
  db: Queryable,
  endpointIds: string[],
): Promise<(endpointId: string) => Signatures> {
  const rows = await findSignatures(db, endpointIds);
  const signsJwt = rows.some((row) => row.kind === "jwt" && !row.expiresAt);
  const jwtKey = signsJwt ? await publicKeyPem() : null;
  return (endpointId) => {
    const own = rows.filter((row) => row.endpointId === endpointId);
    const current = own.find((row) => !row.expiresAt);
    const jwt = current?.kind === "jwt";
    return {
      publicKey: jwt ? jwtKey : (current?.publicKey ?? null),
      jwksUrl: jwt ? settings().appUrl + jwksPath : null,
      expiringSignatures: own.flatMap(({ kind, expiresAt }) =>
        expiresAt ? [{ signature: kind, expiresAt: expiresAt.toISOString() }] : [],
      ),
    };
  };
}

/** A key that cannot be opened keeps no webhook from being shown; its requests say `signing_failed`. */
async function publicKeyPem(): Promise<string | null> {
  try {
    return (await instanceKey()).publicKeyPem;
  } catch (error) {
    if (describeDatabaseError(error)) throw error;
    log().error({ error }, "the key that signs JWTs cannot be used");
    return null;
  }
}
