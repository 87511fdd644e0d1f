"use client";

/**
 * The nonce of this document, as the content security policy names it; undefined on the server.
 * A nonce stays the same while the document lives, also across client-side navigation.
 */
export function documentNonce(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || undefined;
}

/** For the few parts that put a style element into the page, which only open after hydration. */
export function useNonce(): string | undefined {
  return documentNonce();
}
