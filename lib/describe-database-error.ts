type Trouble = {
  summary: string;
  remedy: string;
  /** The connection was lost in the middle: what was under way may have been committed, and the answer lost. */
  leavesDoubt?: true;
  /** It is there, and will answer again. */
  passes?: true;
  /** It may not be there at all. */
  isUnreachable?: true;
};

/** By SQLSTATE (PostgreSQL, appendix A) or by the socket's error code. */
const troubles: [codes: RegExp, Trouble][] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT|CONNECT_TIMEOUT)$/,
    {
      summary: "the database cannot be reached",
      remedy: "is it running, and are host and port of DATABASE_URL right?",
      isUnreachable: true,
    },
  ],
  [
    /^(ECONN\w*|EPIPE|ETIMEDOUT|CONNECTION_\w+)$/,
    {
      summary: "the connection to the database was lost",
      remedy: "is it running, and does the network hold?",
      leavesDoubt: true,
      passes: true,
    },
  ],
  [/^28/, { summary: "the database refused the sign-in", remedy: "check user and password of DATABASE_URL" }],
  [/^3D000$/, { summary: "the database does not exist", remedy: "create it first" }],
  [/^53100$/, { summary: "the database's disk has no room left", remedy: "free some" }],
  [
    /^53/,
    { summary: "the database is short of memory or connections", remedy: "give it more, or use it less" },
  ],
  [
    /^(40001|40P01|55P03|57014)$/,
    { summary: "the database is busy with the same rows for too long", remedy: "try again" },
  ],
  [
    /^57P03$/,
    { summary: "the database is starting or stopping", remedy: "wait until it is up", passes: true },
  ],
  [
    /^57P0/,
    { summary: "the database was stopped", remedy: "wait until it is up", leavesDoubt: true, passes: true },
  ],
];

/**
 * Whether an error is the database's trouble rather than ours, in words for the person who runs it.
 *
 * @returns what is wrong, what would be right, and the database's own text; `null` for any other error
 */
export function describeDatabaseError(error: unknown): (Trouble & { detail: string }) | null {
  for (const cause of causesOf(error)) {
    const code = "code" in cause ? String(cause.code) : "";
    const known = troubles.find(([codes]) => codes.test(code));
    if (known) return { ...known[1], detail: cause.message || code };
  }
  return null;
}

/** The error, what it wraps, and what it gathers. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const gathered = error instanceof AggregateError ? error.errors : [];
  return [error, ...[error.cause, ...gathered].flatMap(causesOf)];
}
