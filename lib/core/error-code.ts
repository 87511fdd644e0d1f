/** An error's code, such as a SQLSTATE or `ECONNRESET`; `""` if it has none. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
