import type { KeyObject } from "node:crypto";
import { type SecretKind, signatureBytesMax } from "../core/signatures";
import type { InstanceKey } from "./instance-key";
import { signEd25519 } from "./sign-ed25519";
import { signHmac } from "./sign-hmac";
import { type JwtRequest, signJwt } from "./sign-jwt";

/** What a request is signed with. */
export type Signer = { kind: SecretKind; key: KeyObject } | { kind: "jwt"; key: InstanceKey };

const signers: Record<SecretKind, typeof signHmac> = { hmac: signHmac, ed25519: signEd25519 };

/**
 * The `webhook-signature` of one attempt: a signature of each signer, separated by spaces. More than one while a
 * rotation or a change of kind overlaps; none of them holds a space, and a JWT alone holds no comma. They keep the
 * signers' order, but a JWT comes last: Python's libraries raise at a part without a comma unless one before it holds.
 * Without a JWT it is there at once.
 */
export function sign(by: readonly Signer[], request: JwtRequest): string | Promise<string> {
  if (by.length === 0) throw new Error("there is nothing to sign with");
  const signatures: string[] = [];
  const jwtKeys: InstanceKey[] = [];
  for (const signer of by) {
    if (signer.kind === "jwt") jwtKeys.push(signer.key);
    else signatures.push(signers[signer.kind](signer.key, request));
  }
  return jwtKeys.length > 0 ? addJwts(signatures, jwtKeys, request) : signatures.join(" ");
}

async function addJwts(signatures: string[], keys: InstanceKey[], request: JwtRequest): Promise<string> {
  for (const key of keys) {
    const room = signatureBytesMax - [...signatures, ""].join(" ").length;
    signatures.push(await signJwt(key, request, room));
  }
  return signatures.join(" ");
}
