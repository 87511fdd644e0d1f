/**
 * Next's own server, which only the front connects to: over a Unix socket (a named pipe on Windows), with a key that
 * no other process knows.
 *
 * @typedef {{ socketPath: string, key: string }} InnerServer
 */

/** The header with the key. */
export const innerKeyHeader = "x-posthorn-inner-key";
