/**
 * The code that the database gives an error (PostgreSQL, appendix A), or the driver or the socket; an empty text without one.
 * Drizzle wraps what the driver throws.
 */
export function sqlStateOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
