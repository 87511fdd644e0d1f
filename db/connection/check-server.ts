import { parseDatabaseUrl } from "../../lib/platform/parse-database-url";
import { type Connection, openDatabase, sessionSettings } from "./client";
import { offersTls } from "./offers-tls";
import { oldestMajor } from "./oldest-major.mjs";

/** A server that answers but that Posthorn cannot use. The message says why; `remedy` says how to fix it. */
export class UnfitServer extends Error {
  override readonly name = "UnfitServer";
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const rounds = 3;
const timeoutSetting = "idle_in_transaction_session_timeout";

/**
 * Connects to a database and checks whether Posthorn can run on it.
 *
 * @throws `UnfitServer` if the server does not encrypt but must, is too old, or is behind a pooler that gives each
 *   transaction another session or does not pass on session settings; otherwise the connection's error
 */
export async function checkServer(url: string): Promise<void> {
  await assertTls(url);
  const connections = [openDatabase(url, { max: 1 }), openDatabase(url, { max: 1 })] as const;
  try {
    await assertVersion(connections[0]);
    // A connection that is lost and replaced during the check looks like a pooler, but only once.
    if ((await haveOwnSessions(connections)) || (await haveOwnSessions(connections))) return;
    throw poolerInFront("its sessions change between statements");
  } catch (error) {
    // PgBouncer's answer to settings that it would have to keep per client.
    if (error instanceof Error && error.message.startsWith("unsupported startup parameter")) {
      throw poolerInFront(error.message);
    }
    throw error;
  } finally {
    await Promise.all(connections.map(({ close }) => close()));
  }
}

async function assertTls(url: string): Promise<void> {
  const { host, path, port, ssl, sslnegotiation } = parseDatabaseUrl(url).login;
  if (path || !ssl || ssl === "prefer" || sslnegotiation === "direct") return;
  const [first = "localhost"] = host ?? [];
  if (await offersTls(first, port[0] ?? 5432)) return;
  throw new UnfitServer(
    "the database's server does not support SSL, but SSL is required by sslmode",
    "turn ssl on in its postgresql.conf; or, in a network that you trust, set sslmode=prefer in DATABASE_URL",
  );
}

async function assertVersion({ sql }: Connection): Promise<void> {
  const [row] = await sql.unsafe<{ version: string }[]>(
    "select current_setting('server_version') as version",
  );
  if (Number.parseInt(row?.version ?? "", 10) >= oldestMajor) return;
  throw new UnfitServer(
    `PostgreSQL ${oldestMajor} or newer is needed, and this server is ${row?.version}`,
    "upgrade it, or point DATABASE_URL to a newer one",
  );
}

/**
 * Whether each connection keeps one session, shares it with no other connection, and has the settings that it asked
 * for.
 */
async function haveOwnSessions(connections: readonly Connection[]): Promise<boolean> {
  const sessions = connections.map(() => new Set<number>());
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, { sql }] of connections.entries()) {
      // Without parameters, so that a pooler that does not pass on prepared statements answers it too.
      const [row] = await sql.unsafe<{ pid: number; timeout: string }[]>(
        `select pg_backend_pid() as pid, setting as timeout from pg_settings where name = '${timeoutSetting}'`,
      );
      if (row?.timeout !== sessionSettings[timeoutSetting]) {
        throw poolerInFront("it does not pass on the settings of a session");
      }
      sessions[place]?.add(row.pid);
    }
  }
  const all = new Set(sessions.flatMap((pids) => [...pids]));
  return all.size === connections.length && sessions.every((pids) => pids.size === 1);
}

function poolerInFront(sign: string): UnfitServer {
  return new UnfitServer(
    `a connection pooler is in front of the database, such as PgBouncer in transaction mode, and Posthorn needs sessions (${sign})`,
    "point DATABASE_URL to PostgreSQL itself: Posthorn keeps a pool of its own, whose size POSTHORN_DATABASE_CONNECTIONS caps",
  );
}
