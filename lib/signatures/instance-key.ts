import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { database } from "@/db/connection/database";
import { findInstanceKey, findOrInsertInstanceKey } from "@/db/queries/instance";
import { decrypt, encrypt } from "../platform/encrypt";
import { sealedContexts } from "../platform/sealed-columns.mjs";

/** The installation's RSA key pair. */
export type InstanceKey = {
  /** `kid`: the thumbprint of the public key (RFC 7638). */
  keyId: string;
  privateKey: KeyObject;
  publicKeyPem: string;
  /** The public key as a JWK (RFC 7517). */
  jwk: { kty: "RSA"; n: string; e: string; alg: "RS256"; use: "sig"; kid: string };
};

const algorithm = "RS256";
const context = sealedContexts.instanceKey(algorithm);
const holder = globalThis as { posthornInstanceKey?: Promise<InstanceKey> };

/** The key that signs JWTs: created once, by the first process that needs it, and stored encrypted in the database. */
export function instanceKey(): Promise<InstanceKey> {
  holder.posthornInstanceKey ??= readOrMake().catch((error: unknown) => {
    delete holder.posthornInstanceKey;
    throw error;
  });
  return holder.posthornInstanceKey;
}

async function readOrMake(): Promise<InstanceKey> {
  const { db } = database();
  const stored =
    (await findInstanceKey(db, algorithm)) ??
    (await findOrInsertInstanceKey(db, { algorithm, privateKey: encrypt(await makePem(), context) }));
  return toInstanceKey(createPrivateKey(decrypt(stored, context)));
}

async function makePem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2_048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function toInstanceKey(privateKey: KeyObject): InstanceKey {
  const publicKey = createPublicKey(privateKey);
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const keyId = createHash("sha256")
    .update(JSON.stringify({ e, kty: "RSA", n }))
    .digest("base64url");
  return {
    keyId,
    privateKey,
    publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    jwk: { kty: "RSA", n, e, alg: algorithm, use: "sig", kid: keyId },
  };
}
