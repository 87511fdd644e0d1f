import type { SignatureKind } from "../core/endpoints";
import { signatureForms } from "../core/signatures";

/**
 * The key in a secret: the base64 after its kind's prefix.
 *
 * @throws Error if it is not a secret of that kind
 */
export function secretBytes(kind: SignatureKind, secret: string): Buffer {
  const prefix = signatureForms[kind].secret?.prefix ?? "";
  if (!secret.startsWith(prefix)) throw new Error(`it does not begin with ${prefix}`);
  const bytes = Buffer.from(secret.slice(prefix.length), "base64");
  if (bytes.length === 0) throw new Error("it is empty");
  return bytes;
}
