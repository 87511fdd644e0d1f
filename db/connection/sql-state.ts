/**
 * The code of an error from the database (PostgreSQL, appendix A), the driver or the socket; an empty string if it
 * has none. Drizzle wraps the driver's errors.
 */
export function sqlStateOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
