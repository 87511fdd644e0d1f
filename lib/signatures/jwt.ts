import { createHash, sign as signBytes } from "node:crypto";
import { promisify } from "node:util";
import { jwksPath } from "../core/signatures";
import { type InstanceKey, instanceKey } from "./instance-key";
import type { Signature, SignedContent, Signer } from "./signature";

/**
 * A JWS in compact form, RS256 (RFC 7515, RFC 7518), signed with the installation's key. The claims bind it to the
 * delivery, its endpoint and, by the SHA-256 in hex, to the body; `data` is the body itself, digit for digit, while
 * that fits.
 */
export const jwt = {
  secret: null,
  installation: {
    signer: async () => jwtSigner(await instanceKey()),
    publicKey: async () => (await instanceKey()).publicKeyPem,
    keysPath: jwksPath,
  },
} satisfies Signature;

export function jwtSigner(key: Pick<InstanceKey, "keyId" | "privateKey">): Signer {
  return {
    kind: "jwt",
    header: "webhook-signature",
    sign: (content, lengthMax) => signJwt(key, content, lengthMax),
  };
}

/** On a separate thread: an RSA signature takes about a millisecond, and a drain makes thousands a second. */
const signAside = promisify(signBytes);

const lifeSeconds = 5 * 60;

async function signJwt(
  { keyId, privateKey }: Pick<InstanceKey, "keyId" | "privateKey">,
  { id, timestamp, body, issuer, endpointId, workspaceId }: SignedContent,
  lengthMax: number,
): Promise<string> {
  const header = encode(JSON.stringify({ alg: "RS256", typ: "JWT", kid: keyId }));
  const claims = JSON.stringify({
    iss: issuer,
    aud: endpointId,
    sub: workspaceId,
    iat: timestamp,
    exp: timestamp + lifeSeconds,
    jti: id,
    body_sha256: createHash("sha256").update(body).digest("hex"),
  });
  const signatureLength = base64urlLength((privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const room = lengthMax - header.length - signatureLength - ".".length * 2;
  // As text: parsing and serializing it again could lose digits of numbers.
  const withData = `${claims.slice(0, -1)},"data":${body}}`;
  const payload = encode(base64urlLength(Buffer.byteLength(withData)) < room ? withData : claims);
  const signature = await signAside("RSA-SHA256", Buffer.from(`${header}.${payload}`), privateKey);
  return `${header}.${payload}.${signature.toString("base64url")}`;
}

const encode = (text: string) => Buffer.from(text).toString("base64url");

/** The length of so many bytes in base64url, which has no padding. */
const base64urlLength = (bytes: number) => Math.ceil((bytes * 4) / 3);
