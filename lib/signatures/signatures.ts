import type { SignatureKind } from "../core/endpoints";
import { ed25519 } from "./ed25519";
import { hmac } from "./hmac";
import { jwt } from "./jwt";
import type { Signature } from "./signature";

/** The kinds of signature. */
export const signatures: Record<SignatureKind, Signature> = { hmac, ed25519, jwt };
