import { addSignature, byHeaderPlace, signatureBytesMax } from "../core/signatures";
import type { SignedContent, Signer } from "./signature";

type Headers = Record<string, string>;

/**
 * The signatures of one attempt, by header name: one per signer, separated by spaces. There are several while a
 * rotation or a change of kind overlaps; none of them contains a space. They keep the signers' order, but a JWT comes
 * last. Without a JWT they are computed synchronously.
 */
export function sign(by: readonly Signer[], content: SignedContent): Headers | Promise<Headers> {
  if (by.length === 0) throw new Error("there is no secret to sign with");
  return addSignatures(
    {},
    by.length === 1 ? by : by.toSorted((a, b) => byHeaderPlace(a.kind, b.kind)),
    content,
  );
}

function addSignatures(
  headers: Headers,
  [next, ...others]: readonly Signer[],
  content: SignedContent,
): Headers | Promise<Headers> {
  if (!next) return headers;
  const { header } = next;
  const add = (value: string) => addSignatures(addSignature(headers, { header, value }), others, content);
  const room = signatureBytesMax - (headers[header] === undefined ? 0 : headers[header].length + " ".length);
  const made = next.sign(content, room);
  return typeof made === "string" ? add(made) : made.then(add);
}
