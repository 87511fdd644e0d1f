import type { SignatureKind } from "../endpoints/constants";
import { signHmac } from "./sign-hmac";

type SignParams = { secrets: string[]; id: string; timestamp: number; body: string };

const signers: Record<SignatureKind, (params: SignParams) => string> = { hmac: signHmac };

/** The `webhook-signature` header of one attempt, by the endpoint's kind of signature. */
export function sign(kind: SignatureKind, params: SignParams): string {
  return signers[kind](params);
}
