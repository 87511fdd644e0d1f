/**
 * The nonce of this document, as its content security policy names it; undefined on the server. It stays the
 * same while the document lives, also across client-side navigation. For parts that add a style element.
 */
export function documentNonce(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || undefined;
}
