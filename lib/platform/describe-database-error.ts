type Trouble = {
  summary: string;
  remedy: string;
  /** The connection was lost midway: the work may have been committed and its answer lost. */
  leavesDoubt?: true;
  /** It cannot be reached yet, or at the moment: waiting helps. */
  passes?: true;
  /** The same statement, or another one, may succeed at once. */
  isOfStatement?: true;
};

/** An error, or its copy from another thread or a server, which is a plain object. */
type ErrorLike = { message: string };

const certificateRemedy =
  "set sslrootcert=/path/to/root.pem in DATABASE_URL to the certificate that signed it; or, in a network that you trust, set sslmode=require, which encrypts without checking";

/**
 * By SQLSTATE (PostgreSQL, appendix A) or the socket's error code; `saying` distinguishes errors with the same code.
 */
const troubles: { codes: RegExp; saying?: RegExp; trouble: Trouble }[] = [
  {
    codes: /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT|CONNECT_TIMEOUT)$/,
    trouble: {
      summary: "the database cannot be reached",
      remedy: "check that it is running, and the host and port in DATABASE_URL",
      passes: true,
    },
  },
  {
    codes: /^(ECONN\w*|EPIPE|ETIMEDOUT|CONNECTION_\w+|08(?!P01)\w+)$/,
    trouble: {
      summary: "the connection to the database was lost",
      remedy: "check that it is running, and the network",
      leavesDoubt: true,
      passes: true,
    },
  },
  {
    codes: /^(EACCES|EPERM)$/,
    saying: /^connect /,
    trouble: {
      summary: "this account may not open the database's socket",
      remedy: "give the account permission, or set a host in DATABASE_URL",
    },
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    trouble: {
      summary: "the database server's certificate is for another name",
      remedy: "use the certificate's host name in DATABASE_URL, or set sslmode=verify-ca",
    },
  },
  {
    codes: /^CERT_HAS_EXPIRED$/,
    trouble: {
      summary: "the database server's certificate has expired",
      remedy: "renew the server's certificate",
    },
  },
  {
    codes: /^((DEPTH_ZERO_)?SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|CERT_\w+)$/,
    trouble: {
      summary: "the database server's certificate is not trusted",
      remedy: certificateRemedy,
    },
  },
  {
    codes: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|ERR_OSSL_\w+)$/,
    trouble: {
      summary: "no encrypted connection to the database could be made",
      remedy: "check sslmode, sslcert and sslkey in DATABASE_URL, and which TLS versions the server allows",
    },
  },
  {
    codes: /^28/,
    saying: /no encryption$/,
    trouble: {
      summary: "the database refused the sign-in",
      remedy:
        "set sslmode=require in DATABASE_URL if the server only accepts encrypted connections; or add this host to its pg_hba.conf",
    },
  },
  {
    codes: /^28/,
    saying: /pg_hba\.conf/,
    trouble: {
      summary: "the database refused the sign-in",
      remedy: "add this host, user and database to the server's pg_hba.conf",
    },
  },
  {
    codes: /^28|^SASL_SIGNATURE_MISMATCH$/,
    trouble: {
      summary: "the database refused the sign-in",
      remedy: "check the user and password in DATABASE_URL",
    },
  },
  {
    codes: /^(3D000|08P01)$/,
    saying: /does not exist|no such database/,
    trouble: {
      summary: "the database does not exist",
      remedy: "create it first, or check its name in DATABASE_URL",
    },
  },
  {
    codes: /^55000$/,
    saying: /not currently accepting connections/,
    trouble: {
      summary: "the database does not accept connections",
      remedy: "ALTER DATABASE … ALLOW_CONNECTIONS true",
    },
  },
  {
    codes: /^42501$/,
    trouble: {
      summary: "the database user lacks a permission",
      remedy: "make the user of DATABASE_URL the owner of a database of its own: ALTER DATABASE … OWNER TO …",
    },
  },
  {
    codes: /^25006$/,
    trouble: {
      summary: "the database is read-only",
      remedy:
        "point DATABASE_URL to the primary, not to a standby; or turn off default_transaction_read_only: ALTER ROLE … RESET default_transaction_read_only, and the same for the database",
    },
  },
  {
    codes: /^(42704|22023)$/,
    saying: /parameter/,
    trouble: {
      summary: "the database refused the connection",
      remedy: "remove the parameters that the server does not support from DATABASE_URL",
    },
  },
  {
    codes: /^53100$/,
    trouble: { summary: "the database's disk is full", remedy: "free some space", passes: true },
  },
  {
    codes: /^53300$/,
    trouble: {
      summary: "the database has no connections left",
      remedy: "raise max_connections on the server, or lower POSTHORN_DATABASE_CONNECTIONS",
      passes: true,
    },
  },
  {
    codes: /^53/,
    trouble: {
      summary: "the database is out of memory",
      remedy: "give it more memory, or less load",
      passes: true,
    },
  },
  {
    codes: /^(40001|40P01|55P03|57014)$/,
    trouble: {
      summary: "the database has been busy with the same rows for too long",
      remedy: "try again",
      isOfStatement: true,
    },
  },
  {
    codes: /^57P03$/,
    trouble: { summary: "the database is starting or stopping", remedy: "wait until it is up", passes: true },
  },
  {
    codes: /^57P0/,
    trouble: {
      summary: "the database was stopped",
      remedy: "wait until it is up",
      leavesDoubt: true,
      passes: true,
    },
  },
];

/**
 * A message for the person who runs Posthorn, if an error is a problem of the database and not of Posthorn.
 *
 * @returns what is wrong, how to fix it, and the database's own text; `null` for any other error
 */
export function describeDatabaseError(error: unknown): (Trouble & { detail: string }) | null {
  for (const cause of causesOf(error)) {
    const code = "code" in cause ? String(cause.code) : "";
    const known = troubles.find(
      ({ codes, saying }) => codes.test(code) && (!saying || saying.test(cause.message)),
    );
    if (known) return { ...known.trouble, detail: cause.message || code };
  }
  return null;
}

/** The error, the errors it wraps, and those it aggregates. */
export function causesOf(error: unknown): ErrorLike[] {
  if (!isErrorLike(error)) return [];
  const gathered = error instanceof AggregateError ? error.errors : [];
  const cause = "cause" in error ? error.cause : undefined;
  return [error, ...[cause, ...gathered].flatMap(causesOf)];
}

function isErrorLike(error: unknown): error is ErrorLike {
  return (
    typeof error === "object" && error !== null && "message" in error && typeof error.message === "string"
  );
}
