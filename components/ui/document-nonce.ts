/**
 * This document's nonce, from its content security policy; undefined on the server. It stays the same while the
 * document lives, including client-side navigation. For components that add a style element.
 */
export function documentNonce(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || undefined;
}
