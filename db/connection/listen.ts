import postgres from "postgres";
import { parseDatabaseUrl } from "../../lib/platform/parse-database-url";

const againAfterMs = 1_000;

export type Listener = {
  channel: string;
  onNotify: (payload: string) => void;
  /** Called each time it starts to listen: notifications sent before that were missed. */
  onListening: () => void;
};

/**
 * Listens on a channel of the database, over a connection of its own. A connection that is lost or cannot be opened
 * is retried every second; postgres.js's own `listen` gives up if the first one cannot be opened.
 *
 * @param url a connection string (see `parseDatabaseUrl`)
 */
export function listen(url: string, listener: Listener): { close(): Promise<void> } {
  const { login } = parseDatabaseUrl(url);
  let closed = false;
  let again: NodeJS.Timeout | null = null;
  const options: postgres.Options<Record<string, never>> = {
    max: 1,
    connect_timeout: 10,
    backoff: () => 0,
    fetch_types: false,
    onnotice: () => undefined,
    onclose: () => listenSoon(),
  };
  // The types of postgres.js lack the host lists that it accepts, and `onnotify`, which its own `listen` uses.
  Object.assign(options, login, {
    idle_timeout: null,
    max_lifetime: null,
    connection: { application_name: "posthorn", ...login.connection },
    onnotify: (channel: string, payload: string) => {
      if (channel === listener.channel) listener.onNotify(payload);
    },
  });
  const sql = postgres(options);

  function listenSoon(): void {
    if (closed) return;
    again ??= setTimeout(() => void listenNow(), againAfterMs).unref();
  }

  async function listenNow(): Promise<void> {
    again = null;
    try {
      await sql`listen ${sql(listener.channel)}`;
      if (!closed) listener.onListening();
    } catch {
      // Other users of the database report what is wrong with it.
      listenSoon();
    }
  }

  void listenNow();
  return {
    close: async () => {
      closed = true;
      if (again) clearTimeout(again);
      await sql.end({ timeout: 1 });
    },
  };
}
