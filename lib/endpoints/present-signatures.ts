import type { Queryable } from "@/db/client";
import { findSignatures } from "@/db/queries/endpoint-secrets";
import { describeDatabaseError } from "../describe-database-error";
import { settings } from "../env";
import { log } from "../log";
import { jwksPath } from "../signatures/constants";
import { instanceKey } from "../signatures/instance-key";
import type { EndpointOutput } from "./schemas";

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
