/**
 * Hash of the style element that sonner adds when it loads, which takes no nonce. Other versions of sonner have other
 * hashes; the test beside this file computes it.
 */
export const sonnerStyleHash = "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=";

/** Of an empty style element, which sonner's is until it is filled. */
const emptyStyleHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/**
 * The policy of every page: scripts only with the nonce, and those that they load; style elements only with the nonce
 * or a known hash. `style` attributes are allowed, because overlays are positioned by them.
 */
export function contentSecurityPolicy({
  nonce,
  development,
}: {
  nonce: string;
  /** Adds what React's and Next's development tools need. */
  development: boolean;
}): string {
  const styles = development
    ? "'self' 'unsafe-inline'"
    : `'self' 'nonce-${nonce}' '${sonnerStyleHash}' '${emptyStyleHash}'`;
  const directives = {
    "default-src": "'self'",
    "script-src": `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "script-src-attr": "'none'",
    "style-src": styles,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": development ? "'self' ws:" : "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
